// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/audience.h"
#include "server/infrastructure/runtime/snapshot_cache.h"
#include "server/infrastructure/runtime/synchronized.h"
#include "server/modules/permission/guild_snapshot.h"

#include <atomic>
#include <unordered_map>

namespace guildhall {

class Clock;
struct StaleRights;
namespace db {
class Database;
}

/// The rights of every guild in use, as immutable snapshots. A change re-reads what it touched in
/// the committing thread, before its request is answered: whoever asks after the answer sees it.
///
/// Readings of one guild are serialised, and each starts after the commit that made it necessary;
/// so the last one to be installed always holds every change.
class RightsCache final : public realtime::RightsSource {
public:
    RightsCache(db::Database &database, const Clock &clock);

    /// The snapshot at hand, or null. @thread any, does not block
    realtime::GuildRightsPtr newest(GuildId guild) override { return atHand(guild); }
    realtime::GuildRightsPtr fetch(GuildId guild) override { return get(guild); }

    /// The snapshot, read when it is not at hand; null when there is no such guild.
    /// @thread one with a database session and no open transaction; throws DbFault
    GuildSnapshotPtr get(GuildId guild);
    GuildSnapshotPtr atHand(GuildId guild) const;
    /// The guild of a channel; null for a conversation, nullopt when there is no such channel.
    std::optional<GuildId> guildOf(ChannelId channel);

    /// Of how many channels the guild is remembered. @thread any
    size_t rememberedChannels() const;

    /// Reads again what is stale, if the guild is in use. @thread the committing one
    void refresh(GuildId guild, const StaleRights &stale) noexcept;
    /// Everything may be stale: events were missed. @thread any
    void dropAll() noexcept;

private:
    using Snapshots = SnapshotCache<GuildId, GuildSnapshot>;

    GuildSnapshotPtr read(GuildId guild);
    quint64 nextGeneration() { return m_generation.fetch_add(1) + 1; }

    GuildSnapshotPtr readAgain(const GuildSnapshot &before, const StaleRights &stale);
    void forget(const std::vector<ChannelId> &channels) noexcept;

    db::Database &m_database;
    const Clock &m_clock;
    std::atomic<quint64> m_generation{0};
    Snapshots m_snapshots;
    Synchronized<std::unordered_map<ChannelId, GuildId>> m_guildOfChannel;
};

} // namespace guildhall
