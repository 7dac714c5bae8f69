// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/presence/presence_board.h"

#include <algorithm>

namespace guildhall {

namespace {

using Status = PresenceBoard::Status;

/// The most present of several statuses wins. @source api.md 7.2
int weight(Status status)
{
    switch (status) {
    case Status::Online:
        return 4;
    case Status::DoNotDisturb:
        return 3;
    case Status::Idle:
        return 2;
    case Status::Invisible:
        return 1;
    case Status::Offline:
        return 0;
    }
    return 0;
}

QString nameOf(Status status)
{
    switch (status) {
    case Status::Online:
        return QStringLiteral("online");
    case Status::DoNotDisturb:
        return QStringLiteral("dnd");
    case Status::Idle:
        return QStringLiteral("idle");
    case Status::Invisible:
    case Status::Offline:
        break;
    }
    return QStringLiteral("offline");
}

bool isSeen(Status status)
{
    return weight(status) >= weight(Status::Idle);
}

bool isOver(const PresenceBoard::SessionPresence &session, Clock::Monotonic now)
{
    return session.leavesAt && *session.leavesAt <= now;
}

} // namespace

Presence PresenceBoard::seen(UserId user) const
{
    Presence presence;
    presence.user.id = user;
    const auto found = m_users.find(user);
    if (found == m_users.end())
        return presence;
    const SessionPresence *best = nullptr;
    for (const auto &[id, session] : found->second) {
        if (!best || weight(session.status) > weight(best->status))
            best = &session;
    }
    if (!best || !isSeen(best->status))
        return presence;
    presence.status = nameOf(best->status);
    presence.activities = best->activities;
    // Libraries do not say what they run on in a way that could be trusted: bots are shown on the
    // web, as Discord does, and people on the desktop.
    (best->bot ? presence.clientStatus.web : presence.clientStatus.desktop) = presence.status;
    return presence;
}

bool PresenceBoard::isOnline(UserId user) const
{
    const auto found = m_users.find(user);
    return found != m_users.end()
        && std::any_of(found->second.begin(), found->second.end(),
                       [](const auto &entry) { return isSeen(entry.second.status); });
}

std::vector<UserId> PresenceBoard::everybodyOnline() const
{
    std::vector<UserId> users;
    for (const auto &[user, sessions] : m_users) {
        if (isOnline(user))
            users.push_back(user);
    }
    return users;
}

int PresenceBoard::countOnline(const std::vector<UserId> &users) const
{
    return int(
        std::count_if(users.begin(), users.end(), [this](UserId user) { return isOnline(user); }));
}

void PresenceBoard::put(UserId user, const QByteArray &session, SessionPresence presence)
{
    m_users[user][session] = std::move(presence);
}

void PresenceBoard::remove(UserId user, const QByteArray &session)
{
    const auto found = m_users.find(user);
    if (found == m_users.end())
        return;
    found->second.erase(session);
    if (found->second.empty())
        m_users.erase(found);
}

void PresenceBoard::markLeaving(UserId user, const QByteArray &session, Clock::Monotonic leavesAt)
{
    const auto found = m_users.find(user);
    if (found == m_users.end())
        return;
    if (const auto entry = found->second.find(session); entry != found->second.end())
        entry->second.leavesAt = leavesAt;
}

std::vector<UserId> PresenceBoard::leaving(Clock::Monotonic now) const
{
    std::vector<UserId> users;
    for (const auto &[user, sessions] : m_users) {
        if (std::any_of(sessions.begin(), sessions.end(),
                        [now](const auto &entry) { return isOver(entry.second, now); }))
            users.push_back(user);
    }
    return users;
}

void PresenceBoard::removeLeft(UserId user, Clock::Monotonic now)
{
    const auto found = m_users.find(user);
    if (found == m_users.end())
        return;
    std::erase_if(found->second, [now](const auto &entry) { return isOver(entry.second, now); });
    if (found->second.empty())
        m_users.erase(found);
}

const PresenceBoard::SessionPresence *PresenceBoard::session(UserId user,
                                                             const QByteArray &session) const
{
    const auto found = m_users.find(user);
    if (found == m_users.end())
        return nullptr;
    const auto entry = found->second.find(session);
    return entry == found->second.end() ? nullptr : &entry->second;
}

} // namespace guildhall
