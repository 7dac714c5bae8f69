// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/permission/rights_cache.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/logging/categories.h"
#include "server/modules/permission/permission_repository.h"

namespace guildhall {

RightsCache::RightsCache(db::Database &database, const Clock &clock)
    : m_database(database)
    , m_clock(clock)
{ }

GuildSnapshotPtr RightsCache::atHand(GuildId guild) const
{
    return m_snapshots.atHand(guild);
}

GuildSnapshotPtr RightsCache::read(GuildId guild)
{
    // Inside an open transaction this would publish what may yet be rolled back.
    db::Session &session = m_database.session();
    Q_ASSERT(!session.isInTransaction());
    auto shape = PermissionRepository::shape(session, guild);
    if (!shape)
        return nullptr;
    return std::make_shared<const GuildSnapshot>(
        nextGeneration(), std::move(shape),
        MemberTable(PermissionRepository::members(session, guild)), m_clock);
}

GuildSnapshotPtr RightsCache::get(GuildId guild)
{
    return m_snapshots.get(guild, [&] { return read(guild); });
}

template <typename Change>
void RightsCache::refresh(GuildId guild, Change change) noexcept
{
    try {
        m_snapshots.refresh(guild, change);
    } catch (const std::exception &fault) {
        qCWarning(lcPermission) << "rights could not be re-read, they will be when needed:"
                                << fault.what();
    }
}

void RightsCache::refreshShape(GuildId guild) noexcept
{
    refresh(guild, [&](const GuildSnapshot &before) -> GuildSnapshotPtr {
        auto shape = PermissionRepository::shape(m_database.session(), guild);
        if (!shape)
            return nullptr;
        return std::make_shared<const GuildSnapshot>(nextGeneration(), std::move(shape),
                                                     before.members(), m_clock);
    });
}

void RightsCache::refreshMember(GuildId guild, UserId user) noexcept
{
    refresh(guild, [&](const GuildSnapshot &before) -> GuildSnapshotPtr {
        auto record = PermissionRepository::member(m_database.session(), guild, user);
        MemberTable members
            = record ? before.members().with(std::move(*record)) : before.members().without(user);
        return std::make_shared<const GuildSnapshot>(nextGeneration(), before.shape(),
                                                     std::move(members), m_clock);
    });
}

void RightsCache::refreshEverything(GuildId guild) noexcept
{
    refresh(guild, [&](const GuildSnapshot &) { return read(guild); });
}

void RightsCache::drop(GuildId guild) noexcept
{
    m_snapshots.drop(guild);
}

void RightsCache::forgetChannel(ChannelId channel) noexcept
{
    m_guildOfChannel.with([channel](auto &guilds) { guilds.erase(channel); });
}

void RightsCache::dropAll() noexcept
{
    m_snapshots.dropAll();
    m_guildOfChannel.with([](auto &guilds) { guilds.clear(); });
}

std::optional<GuildId> RightsCache::guildOf(ChannelId channel)
{
    const auto known
        = m_guildOfChannel.with([channel](const auto &guilds) -> std::optional<GuildId> {
              const auto found = guilds.find(channel);
              return found == guilds.end() ? std::nullopt : std::optional(found->second);
          });
    if (known)
        return known;
    const auto guild = PermissionRepository::guildOf(m_database.session(), channel);
    if (guild)
        m_guildOfChannel.with([&](auto &guilds) { guilds.emplace(channel, *guild); });
    return guild;
}

} // namespace guildhall
