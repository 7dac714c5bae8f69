// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/presence/presence_service.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/presence/presence_events.h"
#include "server/modules/presence/presence_repository.h"

namespace guildhall {

namespace {

/// How long somebody stays online after a connection that broke. @source api.md 12.2
constexpr std::chrono::seconds grace{8};

/// What a client says it does, made whole: unknown keys dropped, times added, entries that are no
/// activities left out. Bots may say only name, state, type and url. @source api.md 5, "Activity"
std::vector<Activity> activitiesOf(const QByteArray &sent, bool bot, Timestamp now)
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
        activity->createdAt = activity->createdAt.value_or(now.ms);
        activities.push_back(std::move(*activity));
    }
    return activities;
}

} // namespace

PresenceService::PresenceService(const Kernel &kernel)
    : m_kernel(kernel)
{ }

PresenceBoard::SessionPresence
PresenceService::presenceOf(const realtime::SessionInfo &session,
                            const realtime::PresenceUpdate &update) const
{
    const bool bot = session.identity.bot;
    return {update.status, activitiesOf(update.activities, bot, m_kernel.clock.now()), bot,
            std::nullopt};
}

template <typename Change>
void PresenceService::change(UserId user, Change change)
{
    const auto [before, after] = m_board.with([&](PresenceBoard &board) {
        Presence earlier = board.seen(user);
        change(board);
        return std::pair(std::move(earlier), board.seen(user));
    });
    if (json::encode(before) != json::encode(after))
        tellGuilds(user, after);
}

void PresenceService::sessionOpened(const realtime::SessionHandle &session,
                                    const std::optional<realtime::PresenceUpdate> &initial)
{
    auto presence = presenceOf(session.info(), initial.value_or(realtime::PresenceUpdate{}));
    change(session.user(), [&](PresenceBoard &board) {
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
    change(user, [&](PresenceBoard &board) { board.remove(user, session.sessionId); });
}

void PresenceService::update(const realtime::SessionHandle &session,
                             const realtime::PresenceUpdate &update)
{
    auto presence = presenceOf(session.info(), update);
    change(session.user(), [&](PresenceBoard &board) {
        // A session that was closed meanwhile must not come back to life by an update on its way.
        if (board.session(session.user(), session.info().sessionId))
            board.put(session.user(), session.info().sessionId, std::move(presence));
    });
}

void PresenceService::removeLeft()
{
    const auto now = m_kernel.clock.monotonic();
    const auto changed = m_board.with([&](PresenceBoard &board) {
        std::vector<std::pair<UserId, Presence>> seen;
        for (const UserId user : board.removeLeft(now))
            seen.emplace_back(user, board.seen(user));
        return seen;
    });
    for (const auto &[user, presence] : changed)
        tellGuilds(user, presence);
}

void PresenceService::tellGuilds(UserId user, const Presence &presence)
{
    for (const GuildId guild : PresenceRepository::guildsOf(m_kernel.database.session(), user)) {
        PresenceChanged event{presence};
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
