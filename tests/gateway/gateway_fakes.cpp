// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway_fakes.h"

#include "server/infrastructure/fault.h"

namespace guildhall::test {

using namespace realtime;

namespace {

bool takeFault(std::atomic<int> &faults)
{
    int left = faults.load();
    while (left > 0) {
        if (faults.compare_exchange_weak(left, left - 1))
            return true;
    }
    return false;
}

QByteArray number(auto id)
{
    return QByteArray::number(id.value());
}

} // namespace

class FakeRights::Snapshot : public GuildRights {
public:
    Snapshot(State state, const std::atomic<quint64> &timedOut)
        : GuildRights(state.generation)
        , m_state(std::move(state))
        , m_timedOut(timedOut)
    { }
    bool mayHear(UserId user, const Audience &audience) const override
    {
        if (!m_state.members.contains(user) || m_state.hidden.contains({audience.channel, user}))
            return false;
        return (m_state.moderators.contains(user) && m_timedOut != user.value())
            || Permissions(Permission::ViewChannel).has(audience.need);
    }

private:
    State m_state;
    const std::atomic<quint64> &m_timedOut;
};

void FakeRights::change(GuildId guild, const std::function<void(State &)> &how)
{
    const std::scoped_lock lock(m_mutex);
    State &state = m_guilds[guild];
    how(state);
    ++state.generation;
    m_snapshots[guild] = std::make_shared<Snapshot>(state, timedOut);
}

void FakeRights::setMember(GuildId guild, UserId user, bool member)
{
    change(guild, [&](State &state) {
        if (member)
            state.members.insert(user);
        else
            state.members.erase(user);
    });
}

void FakeRights::setHidden(GuildId guild, ChannelId channel, UserId user, bool hidden)
{
    change(guild, [&](State &state) {
        if (hidden)
            state.hidden.insert({channel, user});
        else
            state.hidden.erase({channel, user});
    });
}

void FakeRights::setModerator(GuildId guild, UserId user)
{
    change(guild, [&](State &state) { state.moderators.insert(user); });
}

GuildRightsPtr FakeRights::newest(GuildId guild)
{
    const std::scoped_lock lock(m_mutex);
    return forgetful ? nullptr : m_snapshots[guild];
}

GuildRightsPtr FakeRights::fetch(GuildId guild)
{
    ++fetched;
    if (failing)
        throw Fault(QStringLiteral("the database is gone"));
    const std::scoped_lock lock(m_mutex);
    return m_snapshots[guild];
}

Result<Identity> FakeAuthenticator::identify(const QByteArray &token)
{
    if (takeFault(faults))
        throw Fault(QStringLiteral("the database is gone"));
    Identity identity;
    identity.bot = token.startsWith("bot-");
    if (!identity.bot && !token.startsWith("user-"))
        return refuse(ErrorCode::Unauthorized);
    identity.user = UserId(token.sliced(token.indexOf('-') + 1).toULongLong());
    identity.authSession = identity.bot ? AuthSessionId() : AuthSessionId(identity.user);
    identity.expiresAt = expiresAt;
    identity.deniedIntents = deniedIntents;
    if (beforeAnswer)
        beforeAnswer();
    return identity;
}

void FakeReady::setMember(GuildId guild, UserId user, bool member)
{
    const std::scoped_lock lock(m_mutex);
    if (member)
        m_guilds[user].insert(guild);
    else
        m_guilds[user].erase(guild);
}

QByteArray FakeReady::guildObject(GuildId guild) const
{
    return "{\"id\":\"" + number(guild) + "\",\"padding\":\"" + padding + "\"}";
}

ReadyData FakeReady::ready(const ReadyRequest &request)
{
    ++reads;
    if (beforeRead)
        beforeRead();
    if (takeFault(faults))
        throw Fault(QStringLiteral("the database is gone"));
    ReadyData data;
    data.user = "{\"id\":\"" + number(request.identity.user) + "\"}";
    if (request.identity.bot)
        data.application = R"({"id":"99","flags":0})";
    {
        const std::scoped_lock lock(m_mutex);
        for (const GuildId guild : m_guilds[request.identity.user])
            data.guilds.push_back({guild, guildObject(guild)});
    }
    if (afterRead)
        afterRead();
    return data;
}

std::optional<QByteArray> FakeReady::guildCreate(const ReadyRequest &request, GuildId guild)
{
    if (beforeRead)
        beforeRead();
    if (takeFault(faults))
        throw Fault(QStringLiteral("the database is gone"));
    bool member = false;
    {
        const std::scoped_lock lock(m_mutex);
        member = m_guilds[request.identity.user].contains(guild);
    }
    if (afterRead)
        afterRead();
    return member ? std::optional(guildObject(guild)) : std::nullopt;
}

void RecordingCommands::updatePresence(const SessionHandle &, const PresenceUpdate &update)
{
    const std::scoped_lock lock(m_mutex);
    m_presences.push_back(update);
}

void RecordingCommands::updateVoiceState(const SessionHandle &, const VoiceStateUpdate &update)
{
    const std::scoped_lock lock(m_mutex);
    m_voiceStates.push_back(update);
}

void RecordingCommands::requestMembers(const SessionHandle &session, const MembersRequest &request)
{
    session.send("GUILD_MEMBERS_CHUNK", "{\"guild_id\":\"" + number(request.guild) + "\"}");
    const std::scoped_lock lock(m_mutex);
    m_memberRequests.push_back(request);
}

std::vector<PresenceUpdate> RecordingCommands::presences() const
{
    const std::scoped_lock lock(m_mutex);
    return m_presences;
}

std::vector<VoiceStateUpdate> RecordingCommands::voiceStates() const
{
    const std::scoped_lock lock(m_mutex);
    return m_voiceStates;
}

std::vector<MembersRequest> RecordingCommands::memberRequests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_memberRequests;
}

void RecordingObserver::record(QString call)
{
    const std::scoped_lock lock(m_mutex);
    m_calls << std::move(call);
}

QStringList RecordingObserver::calls() const
{
    const std::scoped_lock lock(m_mutex);
    return m_calls;
}

void RecordingObserver::sessionOpened(const SessionHandle &session,
                                      const std::optional<PresenceUpdate> &initial)
{
    record(QStringLiteral("opened %1%2")
               .arg(session.user().toString(),
                    initial ? QStringLiteral(" with presence") : QString()));
}

void RecordingObserver::sessionClosed(const SessionInfo &session, bool abnormal)
{
    record(QStringLiteral("closed %1%2")
               .arg(session.identity.user.toString(),
                    abnormal ? QStringLiteral(" abnormally") : QString()));
}

void RecordingObserver::heartbeats(const std::vector<UserId> &users)
{
    record(QStringLiteral("heartbeats of %1").arg(users.size()));
}

} // namespace guildhall::test
