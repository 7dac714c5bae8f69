// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/presence/presence_service.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/presence/presence_events.h"
#include "server/modules/presence/presence_repository.h"

namespace guildhall {

namespace {

/// How long somebody stays online after a connection that broke. @source api.md 12.2
constexpr std::chrono::seconds grace{8};

/// What a client says it does, made whole: unknown keys dropped, entries that are no activities
/// left out. Bots may say only name, state, type and url. @source api.md 5, "Activity"
std::vector<Activity> activitiesOf(const QByteArray &sent, bool bot)
{
    std::vector<Activity> activities;
    const auto document = json::parse(sent);
    if (!document || !document->IsArray())
        return activities;
    for (const json::Value &value : document->GetArray()) {
        Result<Activity> activity = json::decode<Activity>(value);
        if (!activity)
            continue;
        if (bot)
            activity->details.reset();
        activities.push_back(std::move(*activity));
    }
    return activities;
}

/// Gives activities that came without a time one: now, unless they were there before. Saying the
/// same thing again is no news.
void addTimes(std::vector<Activity> &activities, const std::vector<Activity> &before, Timestamp now)
{
    for (Activity &activity : activities) {
        if (activity.createdAt)
            continue;
        activity.createdAt = now.ms;
        for (const Activity &earlier : before) {
            Activity timeless = activity;
            timeless.createdAt = earlier.createdAt;
            if (timeless == earlier)
                activity.createdAt = earlier.createdAt;
        }
    }
}

PresenceBoard::SessionPresence presenceOf(const realtime::SessionInfo &session,
                                          const realtime::PresenceUpdate &update)
{
    const bool bot = session.identity.bot;
    return {update.status, activitiesOf(update.activities, bot), bot, std::nullopt};
}

bool looksTheSame(const Presence &a, const Presence &b)
{
    return json::encode(a) == json::encode(b);
}

} // namespace

PresenceService::PresenceService(const Kernel &kernel)
    : m_kernel(kernel)
{ }

template <typename Change>
void PresenceService::change(UserId user, const QByteArray &causedBy, Change change)
{
    auto [before, after] = m_board.with([&](PresenceBoard &board) {
        Presence earlier = board.seen(user);
        change(board);
        return std::pair(std::move(earlier), board.seen(user));
    });
    if (!looksTheSame(before, after))
        tell(user, std::move(after), causedBy);
}

void PresenceService::sessionOpened(const realtime::SessionHandle &session,
                                    const std::optional<realtime::PresenceUpdate> &initial)
{
    auto presence = presenceOf(session.info(), initial.value_or(realtime::PresenceUpdate{}));
    addTimes(presence.activities, {}, m_kernel.clock.now());
    change(session.user(), session.info().sessionId, [&](PresenceBoard &board) {
        board.put(session.user(), session.info().sessionId, std::move(presence));
    });
}

void PresenceService::sessionClosed(const realtime::SessionInfo &session, bool abnormal)
{
    const UserId user = session.identity.user;
    if (abnormal) {
        const auto leavesAt = m_kernel.clock.monotonic() + grace;
        m_board.with(
            [&](PresenceBoard &board) { board.markLeaving(user, session.sessionId, leavesAt); });
        return;
    }
    change(user, session.sessionId,
           [&](PresenceBoard &board) { board.remove(user, session.sessionId); });
}

void PresenceService::update(const realtime::SessionHandle &session,
                             const realtime::PresenceUpdate &update)
{
    auto presence = presenceOf(session.info(), update);
    change(session.user(), session.info().sessionId, [&](PresenceBoard &board) {
        // A session that was closed meanwhile must not come back to life by an update on its way.
        const auto *earlier = board.session(session.user(), session.info().sessionId);
        if (!earlier)
            return;
        addTimes(presence.activities, earlier->activities, m_kernel.clock.now());
        presence.leavesAt = earlier->leavesAt;
        board.put(session.user(), session.info().sessionId, std::move(presence));
    });
}

void PresenceService::tellNewGuild(UserId user, GuildId guild)
{
    for (Presence &presence : online({user})) {
        presence.guildId = guild;
        m_kernel.events.publish(PresenceChanged{std::move(presence), {}});
    }
}

void PresenceService::tellAgain(UserId user)
{
    for (Presence &presence : online({user}))
        tell(user, std::move(presence), {});
}

void PresenceService::removeLeft()
{
    const auto now = m_kernel.clock.monotonic();
    const auto users = m_board.with([&](const PresenceBoard &board) { return board.leaving(now); });
    for (const UserId user : users)
        change(user, {}, [&](PresenceBoard &board) { board.removeLeft(user, now); });
}

void PresenceService::tell(UserId user, Presence presence, QByteArray causedBy)
{
    // Somebody who comes back while the clock sends them away is told about in two threads. Whoever
    // tells last looks once more, so that what was told last is what is.
    for (bool isOld = true; isOld;) {
        tellGuilds(user, presence, causedBy);
        causedBy.clear(); // what comes now is somebody else's doing
        Presence present
            = m_board.with([&](const PresenceBoard &board) { return board.seen(user); });
        isOld = !looksTheSame(presence, present);
        presence = std::move(present);
    }
}

void PresenceService::tellGuilds(UserId user, const Presence &presence, const QByteArray &causedBy)
{
    for (const GuildId guild : PresenceRepository::guildsOf(m_kernel.database.session(), user)) {
        PresenceChanged event{presence, causedBy};
        event.presence.guildId = guild;
        m_kernel.events.publish(std::move(event));
    }
}

std::vector<Presence> PresenceService::online(const std::vector<UserId> &users) const
{
    return m_board.with([&](const PresenceBoard &board) {
        std::vector<Presence> presences;
        for (const UserId user : users) {
            if (board.isOnline(user))
                presences.push_back(board.seen(user));
        }
        return presences;
    });
}

std::vector<UserId> PresenceService::everybodyOnline() const
{
    return m_board.with([](const PresenceBoard &board) { return board.everybodyOnline(); });
}

int PresenceService::countOnline(const std::vector<UserId> &users) const
{
    return m_board.with([&](const PresenceBoard &board) { return board.countOnline(users); });
}

} // namespace guildhall
