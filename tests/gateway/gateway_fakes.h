// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/audience.h"
#include "server/gateway/realtime/commands.h"
#include "server/gateway/realtime/identity.h"
#include "server/gateway/realtime/ready.h"
#include "server/infrastructure/events/event.h"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace guildhall::test {

inline constexpr GuildId theGuild{1};
inline constexpr ChannelId general{11};
inline constexpr ChannelId secret{12};

/// Rights as a list of who is in and who may not see what; every change makes a new snapshot.
class FakeRights : public realtime::RightsSource {
public:
    void setMember(GuildId guild, UserId user, bool member);
    void setHidden(GuildId guild, ChannelId channel, UserId user, bool hidden);
    void setModerator(GuildId guild, UserId user); ///< holds every right, others only ViewChannel

    realtime::GuildRightsPtr newest(GuildId guild) override;
    realtime::GuildRightsPtr fetch(GuildId guild) override;

    std::atomic<bool> forgetful{false}; ///< newest() knows nothing
    std::atomic<bool> failing{false}; ///< and fetch() throws
    std::atomic<int> fetched{0};
    std::atomic<quint64> timedOut{
        0}; ///< who only sees while this names them, without a new generation

private:
    struct State {
        std::set<UserId> members;
        std::set<UserId> moderators;
        std::set<std::pair<ChannelId, UserId>> hidden;
        quint64 generation = 1;
    };
    class Snapshot;
    void change(GuildId guild, const std::function<void(State &)> &how);

    std::mutex m_mutex;
    std::map<GuildId, State> m_guilds;
    std::map<GuildId, realtime::GuildRightsPtr> m_snapshots;
};

/// "user-7" is user 7, "bot-8" is bot 8, anything else is nobody.
class FakeAuthenticator : public realtime::GatewayAuthenticator {
public:
    Result<realtime::Identity> identify(const QByteArray &token) override;

    std::function<void()> beforeAnswer; ///< runs in the pool
    std::atomic<int> faults{0}; ///< so many calls throw
    std::optional<Timestamp> expiresAt;
    Intents deniedIntents;
};

/// State is which user is in which guild; `messages` shows what a state was read after.
class FakeReady : public realtime::ReadySource {
public:
    void setMember(GuildId guild, UserId user, bool member);

    realtime::ReadyData ready(const realtime::ReadyRequest &request) override;
    std::optional<QByteArray> guildCreate(const realtime::ReadyRequest &request,
                                          GuildId guild) override;

    std::function<void()> beforeRead; ///< in the pool, before the state is looked at
    std::function<void()> afterRead; ///< and when it was, before it is handed over
    std::atomic<int> faults{0};
    std::atomic<int> reads{0};
    QByteArray padding; ///< makes every guild this much bigger

private:
    QByteArray guildObject(GuildId guild) const;

    std::mutex m_mutex;
    std::map<UserId, std::set<GuildId>> m_guilds;
};

class RecordingCommands : public realtime::GatewayCommands {
public:
    void updatePresence(const realtime::SessionHandle &session,
                        const realtime::PresenceUpdate &update) override;
    void updateVoiceState(const realtime::SessionHandle &session,
                          const realtime::VoiceStateUpdate &update) override;
    void requestMembers(const realtime::SessionHandle &session,
                        const realtime::MembersRequest &request) override;

    std::vector<realtime::PresenceUpdate> presences() const;
    std::vector<realtime::VoiceStateUpdate> voiceStates() const;
    std::vector<realtime::MembersRequest> memberRequests() const;

private:
    mutable std::mutex m_mutex;
    std::vector<realtime::PresenceUpdate> m_presences;
    std::vector<realtime::VoiceStateUpdate> m_voiceStates;
    std::vector<realtime::MembersRequest> m_memberRequests;
};

class RecordingObserver : public realtime::SessionObserver {
public:
    void sessionOpened(const realtime::SessionHandle &session,
                       const std::optional<realtime::PresenceUpdate> &initial) override;
    void sessionClosed(const realtime::SessionInfo &session, bool abnormal) override;
    void heartbeats(const std::vector<UserId> &users) override;

    /// "opened 7", "closed 7 abnormal"…, in order.
    QStringList calls() const;

private:
    void record(QString call);

    mutable std::mutex m_mutex;
    QStringList m_calls;
};

} // namespace guildhall::test
