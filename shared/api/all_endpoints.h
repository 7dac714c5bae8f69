// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/application_api.h"
#include "shared/api/auth_api.h"
#include "shared/api/channel_api.h"
#include "shared/api/gateway_api.h"
#include "shared/api/guild_api.h"
#include "shared/api/health_api.h"
#include "shared/api/invite_api.h"
#include "shared/api/member_api.h"
#include "shared/api/message_api.h"
#include "shared/api/role_api.h"
#include "shared/api/user_api.h"

#include <array>

namespace guildhall::api {

/// Every endpoint there is; a test holds it equal to what the router has bound.
inline constexpr std::array<EndpointInfo, 73> allEndpoints{
    createApplication,
    listApplications,
    getOwnApplication,
    getOwnApplicationOauth2,
    modifyOwnApplication,
    getApplication,
    modifyApplication,
    deleteApplication,
    createBot,
    resetBot,
    authorizeBot,
    listIntegrations,
    registerAccount,
    login,
    logout,
    authMe,
    listChannels,
    createChannel,
    moveChannels,
    getChannel,
    modifyChannel,
    deleteChannel,
    putOverwrite,
    deleteOverwrite,
    startTyping,
    listStorefrontChannels,
    createStorefrontChannel,
    getGateway,
    getGatewayBot,
    createGuild,
    listGuilds,
    listMyGuilds,
    joinGuild,
    getGuild,
    modifyGuild,
    deleteGuild,
    deleteGuildByPost,
    health,
    listGuildInvites,
    listChannelInvites,
    createInvite,
    getInvite,
    acceptInvite,
    deleteInvite,
    listMembers,
    searchMembers,
    getMember,
    modifyMember,
    modifyOwnMember,
    modifyOwnNick,
    kickMember,
    listMessages,
    getMessage,
    createMessage,
    editMessage,
    deleteMessage,
    bulkDeleteMessages,
    listStorefrontMessages,
    createStorefrontMessage,
    listRoles,
    getRole,
    createRole,
    moveRoles,
    modifyRole,
    deleteRole,
    grantRole,
    revokeRole,
    getSelf,
    modifySelf,
    getUser,
    listOwnGuilds,
    getOwnMember,
    leaveGuild,
};

} // namespace guildhall::api
