// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/commands.h"
#include "server/infrastructure/runtime/clock.h"
#include "shared/dto/presence.h"

#include <QByteArray>

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace guildhall {

/// Who is here, summed over each person's sessions. Plain bookkeeping: no lock, no events, no clock
/// of its own; PresenceService adds those.
class PresenceBoard {
public:
    using Status = realtime::PresenceUpdate::Status;

    struct SessionPresence {
        Status status = Status::Online;
        std::vector<Activity> activities;
        bool bot = false;
        std::optional<Clock::Monotonic>
            leavesAt; ///< the connection broke; it may come back until then
    };

    /// The presence as others see it: invisible people are offline.
    Presence seen(UserId user) const;
    bool isOnline(UserId user) const;
    std::vector<UserId> everybodyOnline() const;
    /// How many of `users` others see as here.
    int countOnline(const std::vector<UserId> &users) const;

    void put(UserId user, const QByteArray &session, SessionPresence presence);
    void remove(UserId user, const QByteArray &session);
    /// Keeps the session until `leavesAt`, unless it is put again.
    void markLeaving(UserId user, const QByteArray &session, Clock::Monotonic leavesAt);
    /// Whose sessions have some whose time is over.
    std::vector<UserId> leaving(Clock::Monotonic now) const;
    /// Removes the sessions whose time is over.
    void removeLeft(UserId user, Clock::Monotonic now);
    const SessionPresence *session(UserId user, const QByteArray &session) const;

private:
    using Sessions = std::map<QByteArray, SessionPresence>;
    std::unordered_map<UserId, Sessions> m_users;
};

} // namespace guildhall
