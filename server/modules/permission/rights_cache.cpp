// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/permission/rights_cache.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/logging/categories.h"
#include "server/modules/permission/permission_repository.h"
#include "server/modules/permission/stale_rights.h"

namespace guildhall {

namespace {

using ShapePtr = std::shared_ptr<const GuildSnapshot::Shape>;

// Of what several commits have touched, each reads the newest: the last one to read has it all.

/// nullptr: the guild is gone.
ShapePtr shapeAgain(db::Executor &db, const GuildSnapshot &before, const StaleRights &stale)
{
    if (!stale.owner && !stale.roles && stale.channels.empty())
        return before.shape();
    const GuildId guild = before.guild();
    auto shape = std::make_shared<GuildSnapshot::Shape>(*before.shape());
    if (stale.owner) {
        const auto owner = PermissionRepository::owner(db, guild);
        if (!owner)
            return nullptr;
        shape->owner = *owner;
    }
    if (stale.roles)
        shape->roles = PermissionRepository::roles(db, guild);
    if (!stale.channels.empty()) {
        for (const ChannelId channel : stale.channels)
            shape->channels.erase(channel);
        shape->channels.merge(PermissionRepository::channels(db, guild, stale.channels));
    }
    return shape;
}

MemberTable membersAgain(db::Executor &db, const GuildSnapshot &before, const StaleRights &stale)
{
    MemberTable members = before.members();
    for (const RoleId role : stale.lostRoles)
        members = members.withoutRole(role);
    if (stale.members.empty())
        return members;
    for (const UserId user : stale.members)
        members = members.without(user);
    for (MemberRecord &member : PermissionRepository::members(db, before.guild(), stale.members))
        members = members.with(std::move(member));
    return members;
}

} // namespace

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

void RightsCache::refresh(GuildId guild, const StaleRights &stale) noexcept
{
    forget(stale.lostChannels);
    if (stale.guild) {
        m_guildOfChannel.with([guild](auto &guilds) {
            std::erase_if(guilds, [guild](const auto &known) { return known.second == guild; });
        });
        return m_snapshots.drop(guild);
    }
    try {
        m_snapshots.refresh(guild,
                            [&](const GuildSnapshot &before) { return readAgain(before, stale); });
    } catch (const std::exception &fault) {
        qCWarning(lcPermission) << "rights could not be re-read, they will be when needed:"
                                << fault.what();
    }
}

GuildSnapshotPtr RightsCache::readAgain(const GuildSnapshot &before, const StaleRights &stale)
{
    db::Session &session = m_database.session();
    auto shape = shapeAgain(session, before, stale);
    if (!shape)
        return nullptr;
    return std::make_shared<const GuildSnapshot>(nextGeneration(), std::move(shape),
                                                 membersAgain(session, before, stale), m_clock);
}

void RightsCache::forget(const std::vector<ChannelId> &channels) noexcept
{
    m_guildOfChannel.with([&](auto &guilds) {
        for (const ChannelId channel : channels)
            guilds.erase(channel);
    });
}

size_t RightsCache::rememberedChannels() const
{
    return m_guildOfChannel.with([](const auto &guilds) { return guilds.size(); });
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
