// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/guild_topic.h"

#include "server/gateway/realtime/session.h"
#include "shared/permission/resolve.h"

#include <algorithm>

namespace guildhall::realtime {

namespace {

/// More different audiences than this are not remembered at once; a guild has at most 500 channels,
/// and few of them are busy at a time.
constexpr size_t keptAudiences = 64;

void removeFrom(std::vector<Subscriber> &list, const Session &session)
{
    const auto found = std::find_if(list.begin(), list.end(), [&](const Subscriber &subscriber) {
        return subscriber.session == &session;
    });
    if (found != list.end())
        list.erase(found);
}

} // namespace

bool GuildTopic::hears(UserId user, const GuildRights *rights, const Audience &audience)
{
    if (rights != nullptr)
        return rights->mayHear(user, audience);
    return audience.kind == Audience::Kind::Guild && audience.need.isEmpty();
}

void GuildTopic::add(Subscriber subscriber)
{
    m_all.push_back(subscriber);
    for (auto &[key, hearers] : m_hearers) {
        if (hears(subscriber.session->user(), m_rights.get(), hearers.audience))
            hearers.list.push_back(subscriber);
    }
}

void GuildTopic::remove(const Session &session)
{
    removeFrom(m_all, session);
    for (auto &[key, hearers] : m_hearers)
        removeFrom(hearers.list, session);
}

const Subscriber *GuildTopic::find(const Session &session) const
{
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const Subscriber &subscriber) {
        return subscriber.session == &session;
    });
    return found != m_all.end() ? &*found : nullptr;
}

void GuildTopic::offer(const GuildRightsPtr &rights)
{
    if (!rights || rights == m_rights
        || (m_rights && rights->generation() <= m_rights->generation()))
        return;
    m_rights = rights;
    m_hearers.clear();
}

std::span<const Subscriber> GuildTopic::hearers(const Audience &audience)
{
    const Key key{audience.kind == Audience::Kind::Channel ? audience.channel : ChannelId(),
                  audience.need.bits()};
    if (const auto known = m_hearers.find(key); known != m_hearers.end())
        return known->second.list;
    if (m_hearers.size() >= keptAudiences)
        m_hearers.clear();

    // A time-out ends without an event: who may hear what it forbids is asked each time. Such
    // events are rare, as those of invites are.
    const bool lasts = allowedInTimeout.has(audience.need);
    Hearers &made = lasts ? m_hearers[key] : m_momentary;
    made.list.clear();
    made.audience = audience;
    made.audience.always = {}; // of one event, not of the channel
    for (const Subscriber &subscriber : m_all) {
        if (hears(subscriber.session->user(), m_rights.get(), made.audience))
            made.list.push_back(subscriber);
    }
    return made.list;
}

} // namespace guildhall::realtime
