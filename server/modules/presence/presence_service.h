// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/commands.h"
#include "server/infrastructure/runtime/synchronized.h"
#include "server/modules/kernel.h"
#include "server/modules/presence/presence_board.h"

namespace guildhall {

/// Keeps who is online and tells the guilds they share. Hears of sessions from the gateway; what it
/// knows lives in this process.
/// @thread api pool; calls for one user never overlap
class PresenceService final : public realtime::SessionObserver {
public:
    explicit PresenceService(const Kernel &kernel);

    void sessionOpened(const realtime::SessionHandle &session,
                       const std::optional<realtime::PresenceUpdate> &initial) override;
    void sessionClosed(const realtime::SessionInfo &session, bool abnormal) override;
    void heartbeats(const std::vector<UserId> &) override { }

    /// Op 3. @event PresenceChanged in each guild, when others see a difference
    void update(const realtime::SessionHandle &session, const realtime::PresenceUpdate &update);
    /// Somebody came into the guild: those who are there learn whether they are online.
    /// @event PresenceChanged
    void tellNewGuild(UserId user, GuildId guild);
    /// The person behind a presence changed. @event PresenceChanged in each guild, when online
    void tellAgain(UserId user);
    /// Sends those offline whose broken connection did not come back; to be called every second.
    void removeLeft();

    /// The presences of those of `users` who are seen online.
    std::vector<Presence> online(const std::vector<UserId> &users) const;
    std::vector<UserId> everybodyOnline() const;
    int countOnline(const std::vector<UserId> &users) const;

private:
    template <typename Change>
    void change(UserId user, const QByteArray &causedBy, Change change);
    /// Tells `presence` to all but the session that caused it, and what became of it meanwhile.
    void tell(UserId user, Presence presence, QByteArray causedBy);
    void tellGuilds(UserId user, const Presence &presence, const QByteArray &causedBy);

    Kernel m_kernel;
    Synchronized<PresenceBoard> m_board;
};

} // namespace guildhall
