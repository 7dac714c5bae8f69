// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/application/application_view.h"

namespace guildhall {

Application toApplication(const ApplicationRecord &record, const User &owner, const User &bot)
{
    Application application;
    application.id = record.id;
    application.name = record.name;
    application.icon = record.icon;
    application.description = record.description;
    application.botPublic = record.botPublic;
    application.verifyKey = record.verifyKey;
    application.flags = applicationFlags;
    application.flagsNew = QString::number(applicationFlags);
    application.owner = owner;
    application.bot = bot;
    application.approximateGuildCount = record.guildCount;
    return application;
}

Integration toIntegration(const ApplicationRecord &record, const User &bot)
{
    Integration integration;
    integration.id = IntegrationId(record.id);
    integration.name = record.name;
    integration.account = {record.id, record.name};
    integration.application = {record.id, record.name, record.icon, record.description, bot};
    return integration;
}

} // namespace guildhall
