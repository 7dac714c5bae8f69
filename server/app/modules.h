// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config.h"
#include "server/app/gateway_command_router.h"
#include "server/modules/application/application_module.h"
#include "server/modules/auth/auth_module.h"
#include "server/modules/channel/channel_module.h"
#include "server/modules/guild/guild_module.h"
#include "server/modules/invite/invite_module.h"
#include "server/modules/member/member_module.h"
#include "server/modules/message/message_module.h"
#include "server/modules/permission/permission_module.h"
#include "server/modules/presence/presence_module.h"
#include "server/modules/ready/ready_module.h"
#include "server/modules/role/role_module.h"
#include "server/modules/user/user_module.h"

namespace guildhall {

/// Every module, in the order of who calls whom. The only place that knows them all.
struct Modules {
    Modules(const Kernel &kernel, const Config &config, AuthMetrics &authMetrics);

    /// Drops everything that was read from the database and that only events keep true. A new cache
    /// that hears events belongs in here. @thread any; does not block nor throw
    void forgetWhatWasRead() noexcept;

    PermissionModule
        permission; ///< first: rights are refreshed before anybody else hears of a change
    UserModule user;
    AuthModule auth;
    RoleModule role;
    MemberModule member;
    GuildModule guild;
    ChannelModule channel;
    ApplicationModule application;
    InviteModule invite;
    MessageModule message;
    PresenceModule presence;
    ReadyModule ready;
    GatewayCommandRouter commands;
};

} // namespace guildhall
