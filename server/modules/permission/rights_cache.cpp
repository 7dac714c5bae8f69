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

std::shared_ptr<RightsCache::Entry> RightsCache::entryOf(GuildId guild) const
{
    const std::shared_lock lock(m_mutex);
    const auto found = m_guilds.find(guild);
    return found == m_guilds.end() ? nullptr : found->second;
}

std::shared_ptr<RightsCache::Entry> RightsCache::entryFor(GuildId guild)
{
    if (auto entry = entryOf(guild))
        return entry;
    const std::unique_lock lock(m_mutex);
    auto &slot = m_guilds[guild];
    if (!slot)
        slot = std::make_shared<Entry>();
    return slot;
}

GuildSnapshotPtr RightsCache::atHand(GuildId guild) const
{
    const auto entry = entryOf(guild);
    return entry ? entry->current.load() : nullptr;
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
    if (auto snapshot = atHand(guild))
        return snapshot;
    const auto entry = entryFor(guild);
    const std::lock_guard reading(entry->reading);
    if (auto snapshot = entry->current.load())
        return snapshot;
    GuildSnapshotPtr snapshot = read(guild);
    if (!snapshot) {
        drop(guild);
        return nullptr;
    }
    entry->current.store(snapshot);
    return snapshot;
}

template <typename Change>
void RightsCache::refresh(GuildId guild, Change change) noexcept
{
    const auto entry = entryOf(guild);
    if (!entry)
        return; // nobody uses it, and nobody is reading it
    const std::lock_guard reading(entry->reading);
    const GuildSnapshotPtr before = entry->current.load();
    if (!before)
        return;
    try {
        entry->current.store(change(*before));
    } catch (const std::exception &fault) {
        qCWarning(lcPermission) << "rights could not be re-read, they will be when needed:"
                                << fault.what();
        entry->current.store(nullptr);
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
    std::shared_ptr<Entry> entry;
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_guilds.find(guild);
        if (found == m_guilds.end())
            return;
        entry = std::move(found->second);
        m_guilds.erase(found);
    }
    entry->current.store(nullptr);
}

void RightsCache::forgetChannel(ChannelId channel) noexcept
{
    const std::unique_lock lock(m_mutex);
    m_guildOfChannel.erase(channel);
}

void RightsCache::dropAll() noexcept
{
    const std::unique_lock lock(m_mutex);
    for (const auto &[guild, entry] : m_guilds)
        entry->current.store(nullptr);
    m_guilds.clear();
    m_guildOfChannel.clear();
}

std::optional<GuildId> RightsCache::guildOf(ChannelId channel)
{
    {
        const std::shared_lock lock(m_mutex);
        if (const auto found = m_guildOfChannel.find(channel); found != m_guildOfChannel.end())
            return found->second;
    }
    const auto guild = PermissionRepository::guildOf(m_database.session(), channel);
    if (guild) {
        const std::unique_lock lock(m_mutex);
        m_guildOfChannel.emplace(channel, *guild);
    }
    return guild;
}

} // namespace guildhall
