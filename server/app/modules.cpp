// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/modules.h"

namespace guildhall {

namespace {

AuthSettings authSettings(const Config &config)
{
    AuthSettings settings;
    settings.secret = config.auth.jwtSecret;
    settings.previousSecrets = config.auth.previousSecrets;
    settings.tokenLifetime = config.auth.jwtLifetime;
    settings.registrationOpen = config.auth.registrationOpen;
    return settings;
}

} // namespace

Modules::Modules(const Kernel &kernel, const Config &config)
    : permission(kernel)
    , user(kernel)
    , auth(kernel, authSettings(config), user.service())
    , role(kernel, permission.service(), user.service())
    , member(kernel, permission.service(), user.service(), role.service())
    , guild(kernel, permission.service(), user.service(), role.service(), member.service())
    , channel(kernel, permission.service())
    , application(kernel, permission.service(), user.service(), member.service(), role.service())
    , invite(kernel, permission.service(), user.service(), guild.service(), channel.service(), member.service())
    , message(kernel, permission.service(), user.service(), channel.service(), member.service())
    , presence(kernel, permission.service(), user.service())
    , ready(kernel, user.service(), guild.service(), channel.service(), member.service(), presence.service(),
            application.service())
    , commands(presence.service(), member.service())
{
}

} // namespace guildhall
