// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/application/application_module.h"
#include "server/modules/auth/auth_module.h"
#include "server/modules/guild/guild_module.h"
#include "server/modules/member/member_module.h"
#include "server/modules/permission/permission_module.h"
#include "server/modules/role/role_module.h"
#include "server/modules/user/user_module.h"
#include "shared/json/codec.h"
#include "tests/support/module_world.h"

namespace guildhall::test {

/// A module world with guilds, and applications whose bots can be added to them.
class ApplicationWorld : public ModuleWorld {
public:
    ApplicationWorld()
        : permission(kernel())
        , users(kernel())
        , auth(kernel(), {}, users.service())
        , roles(kernel(), permission.service())
        , members(kernel(), permission.service(), users.service())
        , guilds(kernel(), permission.service(), users.service(), roles.service(),
                 members.service())
        , applications(kernel(), permission.service(), users.service(), auth.service(),
                       roles.service(), members.service())
    { }

    Application application(UserId owner, const QString &name = QStringLiteral("Robot"))
    {
        return applications.service().create(as(owner), {name, std::nullopt}).value();
    }
    GuildId guild(UserId owner)
    {
        CreateGuild body;
        body.name = QStringLiteral("Hall");
        return guilds.service().create(as(owner), body).value().id;
    }
    void join(GuildId guild, UserId user)
    {
        const User person = users.service().find(user).value();
        const auto joined = database().transact(
            [&](db::Tx &tx) { return members.service().join(tx, guild, person); });
        Q_ASSERT(joined);
        Q_UNUSED(joined);
    }
    /// Whether a bot token opens requests, as the pipeline asks.
    bool opens(const QString &token)
    {
        const QByteArray header = "Bot " + token.toLatin1();
        if (const auto known = auth.authenticator().recall(header))
            return known->has_value();
        return auth.authenticator().authenticate(header).has_value();
    }
    static QByteArray path(const Application &application, const QByteArray &rest = {})
    {
        return "/api/v10/applications/" + application.id.toString().toLatin1() + rest;
    }

    PermissionModule permission;
    UserModule users;
    AuthModule auth;
    RoleModule roles;
    MemberModule members;
    GuildModule guilds;
    ApplicationModule applications;
};

} // namespace guildhall::test
