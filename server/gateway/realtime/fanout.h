// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/dispatch_table.h"
#include "server/gateway/realtime/event_log.h"
#include "server/gateway/realtime/subscriptions.h"

#include <optional>
#include <span>

namespace guildhall::realtime {

class Flusher;
class Session;

/// What a change of membership leads to, beyond subscriptions.
class MembershipFollower {
public:
    /// The session's user is in `guild` now: the guild is to be loaded, then Fanout::joined called.
    virtual void sessionJoined(Session &session, GuildId guild) = 0;
    /// Events of `guild` were lost on the way to `session`: its view is no longer right.
    virtual void sessionMissedEvents(Session &session) = 0;

protected:
    ~MembershipFollower() = default;
};

/// From an event to the sessions that may hear it.
///
/// A session is added with the state it was given and hears what came after that state was read:
/// nothing is missing and nothing comes twice.
/// @thread the shard's
class Fanout {
public:
    Fanout(Flusher &flusher, RightsSource &rights, MembershipFollower &follower);

    /// Delivers one event, and follows what it says about membership.
    void handle(const EventMail &mail);

    /// Notes that a session's state is going to be read. To be called before it is.
    EventLog::Position beginLoading() { return m_log.retain(); }
    void abandonLoading(EventLog::Position begun) { m_log.release(begun); }
    /// The session was given its state, read after event `sequence` was published.
    /// @return false: events it should have heard are lost, and its state is of no use
    [[nodiscard]] bool add(Session &session, std::span<const GuildId> guilds, quint64 sequence,
                           EventLog::Position begun);
    /// The session hears nothing more.
    void remove(Session &session);

    /// The session was given `guild`, read after event `sequence`. To be preceded by sessionJoined,
    /// and ignored when the user has left again since.
    /// @return whether the guild is wanted; only then may GUILD_CREATE be sent, by `send`
    template <typename Send>
    bool joined(Session &session, GuildId guild, quint64 sequence, Send send)
    {
        const auto begun = takePendingJoin(session, guild);
        if (!begun)
            return false;
        send();
        hearGuild(session, guild, sequence, *begun);
        return true;
    }
    /// The guild could not be had: the user is no member, or it failed.
    void joinFailed(Session &session, GuildId guild);

    quint64 dispatchCount() const { return m_dispatches; }
    /// Events kept for sessions that are being loaded.
    size_t heldCount() const { return m_log.size(); }

private:
    struct PendingJoin {
        Session *session;
        GuildId guild;
        quint64 since; ///< the place of the event that said so
        EventLog::Position begun;
    };
    /// The forms of one event in the current turn, added when the first session wants them.
    struct Forms {
        const AnyEvent &event;
        std::optional<DispatchTable::Index> full;
        std::optional<DispatchTable::Index> withoutContent;
    };

    void follow(const MembershipChange &change, quint64 sequence);
    void followFor(Session &session, const MembershipChange &change, quint64 sequence);
    bool isMember(const Session &session, GuildId guild) const;
    void join(Session &session, GuildId guild, quint64 sequence);
    void leave(Session &session, GuildId guild, quint64 sequence);
    void cancelJoins(GuildId guild, const Session *session, quint64 sequence);
    std::optional<EventLog::Position> takePendingJoin(const Session &session, GuildId guild);
    void hearGuild(Session &session, GuildId guild, quint64 sequence, EventLog::Position begun);

    void deliver(const EventMail &mail);
    void deliverToGuild(const EventMail &mail, Forms &forms);
    void deliverToUsers(Forms &forms);
    bool wants(const Session &session, const AnyEvent &event) const;
    void deliverTo(Session &session, Forms &forms);
    bool catchUp(Session &session, const EventMail &mail);
    void endViewsOf(const GuildTopic &topic, quint64 sequence);
    DispatchTable::Index form(Forms &forms, bool withoutContent);

    Flusher &m_flusher;
    RightsSource &m_rights;
    MembershipFollower &m_follower;
    Subscriptions m_subscriptions;
    EventLog m_log;
    std::vector<PendingJoin> m_joins;
    quint64 m_dispatches = 0;
};

} // namespace guildhall::realtime
