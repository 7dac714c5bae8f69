// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/audience.h"

#include <memory>

namespace guildhall::realtime {

/// Who may hear what in one guild, as it was at one moment. Immutable, shared between threads by
/// pointer. The permission module implements it.
class GuildRights {
public:
    virtual ~GuildRights() = default;

    /// Rises with every change of this guild's rights on this node; of two snapshots the one with
    /// the higher number is newer.
    quint64 generation() const { return m_generation; }

    /// Whether `user` is a member and holds what `audience` needs, in its channel when it names
    /// one. Asked for audiences of kind Guild and Channel of this guild only. Must be quick: it is
    /// called once per member with a session, each time the rights change.
    /// @thread any; must not block nor throw
    virtual bool mayHear(UserId user, const Audience &audience) const = 0;

protected:
    explicit GuildRights(quint64 generation)
        : m_generation(generation)
    { }
    GuildRights(const GuildRights &) = default;
    GuildRights &operator=(const GuildRights &) = default;

private:
    quint64 m_generation;
};

using GuildRightsPtr = std::shared_ptr<const GuildRights>;

/// Where the gateway gets rights from; the permission module implements it.
class RightsSource {
public:
    virtual ~RightsSource() = default;

    /// The newest snapshot at hand; null when there is none. @thread any; must not block nor throw
    virtual GuildRightsPtr newest(GuildId guild) = 0;
    /// The same, read from the database when it is not at hand; null when there is no such guild.
    /// @thread a committing thread or the pool (may block); may throw a Fault
    virtual GuildRightsPtr fetch(GuildId guild) = 0;
};

} // namespace guildhall::realtime
