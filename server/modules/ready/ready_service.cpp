// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/ready/ready_service.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/fault.h"
#include "server/modules/ready/ready_repository.h"
#include "shared/dto/application.h"
#include "shared/json/codec.h"

#include <algorithm>

namespace guildhall {

namespace {

/// People see who is in a guild, and who is here; bots only with both intents.
/// @source api.md 8.2, GUILD_CREATE
bool seesPeople(const realtime::ReadyRequest &request)
{
    return !request.identity.bot
        || (request.intents.has(Intent::GuildMembers)
            && request.intents.has(Intent::GuildPresences));
}

QByteArray applicationOf(UserId bot)
{
    json::Writer out;
    out.beginObject();
    out.key("id");
    out.numberAsString(bot.value());
    out.key("flags");
    out.value(qint64(applicationFlag::privilegedIntents));
    out.endObject();
    return out.take();
}

} // namespace

ReadyService::ReadyService(const Kernel &kernel, UserService &users, GuildService &guilds,
                           ChannelService &channels, MemberService &members,
                           PresenceService &presence)
    : m_kernel(kernel)
    , m_users(users)
    , m_guilds(guilds)
    , m_channels(channels)
    , m_members(members)
    , m_presence(presence)
{ }

realtime::ReadyData ReadyService::ready(const realtime::ReadyRequest &request)
{
    const auto self = m_users.self(request.identity.user);
    if (!self)
        throw Fault("READY was asked for an account that is gone");
    realtime::ReadyData data;
    data.user = json::encode(*self);
    if (request.identity.bot)
        data.application = applicationOf(request.identity.user);
    auto guilds = m_kernel.database.snapshot([&](db::Executor &db) {
        std::vector<GatewayGuild> list;
        for (const GuildId id : ReadyRepository::guildsOf(db, request.identity.user)) {
            if (request.shard && !request.shard->holds(id))
                continue;
            if (auto guild = read(db, request, id))
                list.push_back(std::move(*guild));
        }
        return list;
    });
    for (GatewayGuild &guild : guilds) {
        addPresences(request, guild);
        data.guilds.push_back({guild.id, json::encode(guild)});
    }
    return data;
}

std::optional<QByteArray> ReadyService::guildCreate(const realtime::ReadyRequest &request,
                                                    GuildId id)
{
    auto guild
        = m_kernel.database.snapshot([&](db::Executor &db) { return read(db, request, id); });
    if (!guild)
        return std::nullopt;
    addPresences(request, *guild);
    return json::encode(*guild);
}

std::optional<GatewayGuild> ReadyService::read(db::Executor &db,
                                               const realtime::ReadyRequest &request, GuildId id)
{
    const auto own = m_members.member(db, id, request.identity.user);
    auto found = own ? m_guilds.find(db, id) : std::nullopt;
    if (!found)
        return std::nullopt;
    GatewayGuild guild;
    static_cast<Guild &>(guild) = std::move(*found);
    guild.joinedAt = own->joinedAt;
    guild.memberCount = m_members.count(db, id);
    guild.large = guild.memberCount > request.largeThreshold;
    guild.channels = m_channels.list(db, id);
    guild.members = membersFor(db, request, id, guild.memberCount);
    const bool hasSelf
        = std::any_of(guild.members.begin(), guild.members.end(),
                      [&](const Member &member) { return member.user.id == own->user.id; });
    if (!hasSelf)
        guild.members.push_back(*own);
    return guild;
}

std::vector<Member> ReadyService::membersFor(db::Executor &db,
                                             const realtime::ReadyRequest &request, GuildId guild,
                                             int memberCount)
{
    if (!seesPeople(request))
        return {};
    if (memberCount <= request.largeThreshold)
        return m_members.membersOf(db, guild, UserId(), request.largeThreshold);
    // A large guild shows who is here; the rest is asked for by op 8.
    return m_members.membersOf(db, guild, m_presence.everybodyOnline());
}

void ReadyService::addPresences(const realtime::ReadyRequest &request, GatewayGuild &guild)
{
    if (!seesPeople(request))
        return;
    std::vector<UserId> users;
    for (const Member &member : guild.members)
        users.push_back(member.user.id);
    guild.presences = m_presence.online(users);
}

} // namespace guildhall
