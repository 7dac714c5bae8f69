// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/ready.h"
#include "server/modules/channel/channel_service.h"
#include "server/modules/guild/guild_service.h"
#include "server/modules/kernel.h"
#include "server/modules/member/member_service.h"
#include "server/modules/presence/presence_service.h"
#include "server/modules/user/user_service.h"
#include "shared/dto/gateway_guild.h"

namespace guildhall {

/// Puts together what a gateway session starts from: the account and its guilds.
/// @thread pool (blocks)
class ReadyService final : public realtime::ReadySource {
public:
    ReadyService(const Kernel &kernel, UserService &users, GuildService &guilds,
                 ChannelService &channels, MemberService &members, PresenceService &presence);

    realtime::ReadyData ready(const realtime::ReadyRequest &request) override;
    std::optional<QByteArray> guildCreate(const realtime::ReadyRequest &request,
                                          GuildId guild) override;

private:
    /// What is read from the database; presences are added afterwards.
    std::optional<GatewayGuild> read(db::Executor &db, const realtime::ReadyRequest &request,
                                     GuildId guild);
    void addPresences(const realtime::ReadyRequest &request, GatewayGuild &guild);
    std::vector<Member> membersFor(db::Executor &db, const realtime::ReadyRequest &request,
                                   GuildId guild, int memberCount);

    Kernel m_kernel;
    UserService &m_users;
    GuildService &m_guilds;
    ChannelService &m_channels;
    MemberService &m_members;
    PresenceService &m_presence;
};

} // namespace guildhall
