// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/session_handle.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace guildhall::realtime {

/// Op 3, and `presence` of IDENTIFY.
struct PresenceUpdate {
    enum class Status { Online, Idle, DoNotDisturb, Invisible, Offline };

    Status status = Status::Online;
    std::optional<qint64> sinceMs;
    QByteArray activities
        = "[]"; ///< compact JSON, a list of objects, otherwise as the client sent it
    bool afk = false;
};

/// Op 4.
struct VoiceStateUpdate {
    GuildId guild;
    ChannelId channel; ///< null: leaves
    bool selfMute = false;
    bool selfDeaf = false;
};

/// Op 8; exactly one of `query` and `users` is set.
struct MembersRequest {
    GuildId guild;
    std::optional<QString> query;
    int limit = 0;
    std::optional<std::vector<UserId>> users; ///< at most 100
    bool presences = false;
    QString nonce; ///< at most 32 bytes of UTF-8; null when absent
};

/// Client opcodes that modules answer. Calls for one user come in order and never overlap.
/// @thread pool (may block); a Fault is logged and the command is lost
class GatewayCommands {
public:
    virtual ~GatewayCommands() = default;

    virtual void updatePresence(const SessionHandle &session, const PresenceUpdate &update) = 0;
    virtual void updateVoiceState(const SessionHandle &session, const VoiceStateUpdate &update) = 0;
    /// Answers with at least one GUILD_MEMBERS_CHUNK through `session.send`.
    virtual void requestMembers(const SessionHandle &session, const MembersRequest &request) = 0;
};

/// Hears of sessions. Calls for one user come in order and never overlap, and are in the same order
/// as that user's commands.
/// @thread pool (may block)
class SessionObserver {
public:
    virtual ~SessionObserver() = default;

    /// After READY was sent. @param initial the presence given in IDENTIFY, if any
    virtual void sessionOpened(const SessionHandle &session,
                               const std::optional<PresenceUpdate> &initial)
        = 0;
    /// @param abnormal anything but the client's own close with 1000 or 1001
    virtual void sessionClosed(const SessionInfo &session, bool abnormal) = 0;
    /// Whose sessions gave a heartbeat since the last call, each user once; about once a minute and
    /// shard.
    virtual void heartbeats(const std::vector<UserId> &users) = 0;
};

} // namespace guildhall::realtime
