// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/fanout.h"

#include "server/gateway/realtime/flusher.h"
#include "server/gateway/realtime/session.h"

#include <algorithm>

namespace guildhall::realtime {

namespace {

/// The most items one event can add to the DispatchTable: its two forms, and a GUILD_DELETE.
constexpr size_t itemsPerEvent = 3;

bool isDirect(Intent intent)
{
    switch (intent) {
    case Intent::DirectMessages:
    case Intent::DirectMessageReactions:
    case Intent::DirectMessageTyping:
    case Intent::DirectMessagePolls:
        return true;
    default:
        return false;
    }
}

} // namespace

Fanout::Fanout(Flusher &flusher, RightsSource &rights, MembershipFollower &follower)
    : m_flusher(flusher)
    , m_rights(rights)
    , m_follower(follower)
{ }

void Fanout::handle(const EventMail &mail)
{
    m_log.append(mail);
    m_flusher.reserve(itemsPerEvent);
    // Before the event itself: who left does not hear it, who joined has it in the guild's state.
    if (const auto change = mail.event.membership())
        follow(*change, mail.event.sequence());
    if (mail.event.name() != nullptr)
        deliver(mail);
}

bool Fanout::add(Session &session, std::span<const GuildId> guilds, quint64 sequence,
                 EventLog::Position begun)
{
    session.setKnownUpTo(sequence);
    m_subscriptions.add(session);
    for (const GuildId guild : guilds)
        m_subscriptions.addGuild(session, guild, sequence);
    bool complete = true;
    m_log.since(begun, [&](const EventMail &mail) {
        m_flusher.reserve(itemsPerEvent);
        if (const auto change = mail.event.membership())
            followFor(session, *change, mail.event.sequence());
        complete &= catchUp(session, mail);
    });
    m_log.release(begun);
    return complete;
}

void Fanout::remove(Session &session)
{
    m_subscriptions.remove(session);
    std::erase_if(m_joins, [&](const PendingJoin &pending) {
        if (pending.session == &session)
            m_log.release(pending.begun);
        return pending.session == &session;
    });
}

void Fanout::joinFailed(Session &session, GuildId guild)
{
    if (const auto begun = takePendingJoin(session, guild))
        m_log.release(*begun);
}

void Fanout::hearGuild(Session &session, GuildId guild, quint64 sequence, EventLog::Position begun)
{
    m_subscriptions.addGuild(session, guild, sequence);
    bool complete = true;
    m_log.since(begun, [&](const EventMail &mail) {
        const Audience &audience = mail.event.audience();
        if (audience.kind == Audience::Kind::Users || audience.guild != guild)
            return; // those it heard in their turn
        m_flusher.reserve(itemsPerEvent);
        complete &= catchUp(session, mail);
    });
    m_log.release(begun);
    if (!complete)
        m_follower.sessionMissedEvents(session);
}

std::optional<EventLog::Position> Fanout::takePendingJoin(const Session &session, GuildId guild)
{
    const auto found
        = std::find_if(m_joins.begin(), m_joins.end(), [&](const PendingJoin &pending) {
              return pending.session == &session && pending.guild == guild;
          });
    if (found == m_joins.end())
        return std::nullopt;
    const EventLog::Position begun = found->begun;
    m_joins.erase(found);
    return begun;
}

void Fanout::follow(const MembershipChange &change, quint64 sequence)
{
    if (!change.user.isNull()) {
        for (Session *session : m_subscriptions.ofUser(change.user))
            followFor(*session, change, sequence);
        return;
    }
    if (change.kind != MembershipChange::Kind::Left)
        return;
    cancelJoins(change.guild, nullptr, sequence);
    if (const GuildTopic *topic = m_subscriptions.guild(change.guild)) {
        const std::vector<Subscriber> members = topic->all(); // leaving changes the list
        for (const Subscriber &member : members)
            leave(*member.session, change.guild, sequence);
    }
}

void Fanout::followFor(Session &session, const MembershipChange &change, quint64 sequence)
{
    if ((!change.user.isNull() && change.user != session.user()) || !session.holds(change.guild))
        return;
    if (change.kind == MembershipChange::Kind::Left) {
        cancelJoins(change.guild, &session, sequence);
        leave(session, change.guild, sequence);
        // Who came back meanwhile: that event may have come before this one, and found nothing to
        // do, since two threads publish in either order. The rights are from after both.
        if (change.user == session.user() && isMember(session, change.guild))
            join(session, change.guild, sequence);
    } else if (change.user == session.user()) {
        join(session, change.guild, sequence);
    }
}

bool Fanout::isMember(const Session &session, GuildId guild) const
{
    const GuildRightsPtr rights = m_rights.newest(guild);
    return rights != nullptr && rights->mayHear(session.user(), Audience::members(guild));
}

void Fanout::join(Session &session, GuildId guild, quint64 sequence)
{
    if (sequence <= session.knownUpTo())
        return;
    const auto &guilds = session.guilds();
    const bool known = std::find(guilds.begin(), guilds.end(), guild) != guilds.end();
    const bool pending = std::any_of(m_joins.begin(), m_joins.end(), [&](const PendingJoin &join) {
        return join.session == &session && join.guild == guild;
    });
    if (known || pending)
        return;
    m_joins.push_back({&session, guild, sequence, m_log.retain()});
    m_follower.sessionJoined(session, guild);
}

/// @param session null: everybody's
void Fanout::cancelJoins(GuildId guild, const Session *session, quint64 sequence)
{
    std::erase_if(m_joins, [&](const PendingJoin &pending) {
        const bool ended = pending.guild == guild && pending.since < sequence
            && (session == nullptr || pending.session == session);
        if (ended)
            m_log.release(pending.begun);
        return ended;
    });
}

void Fanout::leave(Session &session, GuildId guild, quint64 sequence)
{
    const GuildTopic *topic = m_subscriptions.guild(guild);
    const Subscriber *subscriber = topic != nullptr ? topic->find(session) : nullptr;
    if (subscriber == nullptr || sequence <= subscriber->since)
        return;
    m_subscriptions.removeGuild(session, guild);
    if (session.intents().has(Intent::Guilds)) {
        m_flusher.reserve(1);
        const QByteArray d = "{\"id\":\"" + QByteArray::number(guild.value()) + "\"}";
        session.dispatch(m_flusher.add({Outgoing::Kind::Dispatch, "GUILD_DELETE", d}));
    }
}

void Fanout::deliver(const EventMail &mail)
{
    Forms forms{mail.event, std::nullopt, std::nullopt};
    switch (mail.event.audience().kind) {
    case Audience::Kind::Nobody:
        break;
    case Audience::Kind::Guild:
    case Audience::Kind::Channel:
        m_flusher.reserve(itemsPerEvent);
        deliverToGuild(mail, forms);
        break;
    case Audience::Kind::Users:
        m_flusher.reserve(itemsPerEvent);
        deliverToUsers(forms);
        break;
    }
    if (forms.full || forms.withoutContent)
        m_flusher.countEvent();
}

void Fanout::deliverToGuild(const EventMail &mail, Forms &forms)
{
    const Audience &audience = mail.event.audience();
    GuildTopic *topic = m_subscriptions.guild(audience.guild);
    if (topic == nullptr)
        return;
    topic->offer(mail.rights);
    topic->offer(m_rights.newest(audience.guild));
    if (mail.rightsUnknown) { // those from before may no longer hold
        endViewsOf(*topic, mail.event.sequence());
        return;
    }
    const quint64 sequence = mail.event.sequence();
    for (const Subscriber &hearer : topic->hearers(audience)) {
        if (sequence > hearer.since)
            deliverTo(*hearer.session, forms);
    }
}

void Fanout::deliverToUsers(Forms &forms)
{
    const quint64 sequence = forms.event.sequence();
    for (const UserId user : forms.event.audience().users) {
        for (Session *session : m_subscriptions.ofUser(user)) {
            if (sequence > session->knownUpTo())
                deliverTo(*session, forms);
        }
    }
}

bool Fanout::wants(const Session &session, const AnyEvent &event) const
{
    const Audience &audience = event.audience();
    if (!session.intents().has(event.intent()) && audience.always != session.user())
        return false;
    if (!audience.exceptSession.isEmpty() && audience.exceptSession == session.sessionId())
        return false;
    return session.holdsDirect() || !isDirect(event.intent());
}

void Fanout::deliverTo(Session &session, Forms &forms)
{
    if (!wants(session, forms.event))
        return;
    const bool withoutContent
        = session.isContentHidden() && !forms.event.showsContentTo(session.user());
    session.dispatch(form(forms, withoutContent));
    ++m_dispatches;
}

DispatchTable::Index Fanout::form(Forms &forms, bool withoutContent)
{
    std::optional<DispatchTable::Index> &index = withoutContent ? forms.withoutContent : forms.full;
    if (!index) {
        const auto variant = withoutContent ? PayloadVariant::WithoutContent : PayloadVariant::Full;
        index = m_flusher.add(
            {Outgoing::Kind::Dispatch, forms.event.name(), forms.event.payload(variant)});
    }
    return *index;
}

/// Gives one session an event from before it could hear.
/// @return false when nobody can tell whether it may hear it
bool Fanout::catchUp(Session &session, const EventMail &mail)
{
    const AnyEvent &event = mail.event;
    const Audience &audience = event.audience();
    if (event.name() == nullptr || audience.kind == Audience::Kind::Nobody)
        return true;
    Forms forms{event, std::nullopt, std::nullopt};
    if (audience.kind == Audience::Kind::Users) {
        const auto &users = audience.users;
        if (event.sequence() > session.knownUpTo()
            && std::find(users.begin(), users.end(), session.user()) != users.end())
            deliverTo(session, forms);
        return true;
    }
    GuildTopic *topic = m_subscriptions.guild(audience.guild);
    const Subscriber *subscriber = topic != nullptr ? topic->find(session) : nullptr;
    if (subscriber == nullptr || event.sequence() <= subscriber->since)
        return true;
    topic->offer(mail.rights);
    topic->offer(m_rights.newest(audience.guild));
    if (mail.rightsUnknown)
        return false;
    if (GuildTopic::hears(session.user(), topic->rights().get(), audience))
        deliverTo(session, forms);
    return true;
}

/// An event of the guild cannot be delivered: nobody knows who may hear it.
void Fanout::endViewsOf(const GuildTopic &topic, quint64 sequence)
{
    const std::vector<Subscriber> members = topic.all(); // ending a session changes the list
    for (const Subscriber &member : members) {
        if (sequence > member.since)
            m_follower.sessionMissedEvents(*member.session);
    }
}

} // namespace guildhall::realtime
