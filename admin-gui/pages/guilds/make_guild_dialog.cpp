// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/guilds/make_guild_dialog.h"

#include "admin-gui/api/api_client.h"
#include "admin-gui/api/on_answer.h"
#include "shared/api/guild_api.h"

#include <QLineEdit>

namespace guildhall::console {

namespace {
constexpr int longestName = 100; // @source api.md 6.4
} // namespace

MakeGuildDialog::MakeGuildDialog(ApiClient &api, QWidget *parent)
    : AddGuildDialog({tr("Make a guild"), tr("&Name"), tr("The Hall"),
                      tr("You will own it. It begins with its first channels."), tr("Make guild")},
                     parent)
    , m_api(api)
{
    field().setMaxLength(longestName);
}

QString MakeGuildDialog::problemWith(const QString &line) const
{
    return line.trimmed().isEmpty() ? tr("A guild needs a name.") : QString();
}

void MakeGuildDialog::send(const QString &line)
{
    CreateGuild input;
    input.name = line.trimmed();
    onAnswer(m_api.call(api::createGuild, {}, input), this,
             [this](const CallResult<CreatedGuild> &made) {
                 take(made.map([](const CreatedGuild &guild) { return guild.id; }));
             });
}

} // namespace guildhall::console
