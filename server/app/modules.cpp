// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/modules.h"

namespace guildhall {

namespace {

AuthSettings authSettings(const Config &config, AuthMetrics &metrics)
{
    AuthSettings settings;
    settings.jwtSecret = config.auth.jwtSecret;
    settings.previousSecrets = config.auth.previousSecrets;
    settings.tokenLifetime = config.auth.jwtLifetime;
    settings.registrationOpen = config.auth.registrationOpen;
    settings.metrics = &metrics;
    return settings;
}

} // namespace

Modules::Modules(const Kernel &kernel, const Config &config, AuthMetrics &authMetrics)
    : permission(kernel)
    , user(kernel)
    , auth(kernel, authSettings(config, authMetrics), user.service())
    , role(kernel, permission.service())
    , member(kernel, permission.service(), user.service())
    , guild(kernel, permission.service(), user.service(), role.service(), member.service())
    , channel(kernel, permission.service())
    , application(kernel, permission.service(), user.service(), auth.service(), role.service(),
                  member.service())
    , invite(kernel, permission.service(), user.service(), guild.service(), member.service())
    , message(kernel, permission.service(), user.service())
    , presence(kernel, permission.service(), user.service())
    , ready(kernel, user.service(), guild.service(), channel.service(), member.service(),
            presence.service())
    , commands(presence.service(), member.chunks())
{
    guild.service().counts().setCountOnline(
        [this](const std::vector<UserId> &users) { return presence.service().countOnline(users); });
}

void Modules::forgetWhatWasRead() noexcept
{
    permission.rights().dropAll();
    auth.forgetTokens();
    user.service().forgetAll();
}

} // namespace guildhall
