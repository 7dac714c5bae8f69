// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/identity.h"

#include <QByteArray>

#include <memory>

namespace guildhall::realtime {

class ShardMailbox;

/// What others may know about a gateway session. A value.
struct SessionInfo {
    QByteArray sessionId; ///< 32 hex digits, as in READY
    Identity identity;
    Intents intents;
};

/// Reaches one session from any thread. The session may be gone; then nothing happens.
class SessionHandle {
public:
    SessionHandle(std::shared_ptr<ShardMailbox> shard, quint64 key, SessionInfo info);

    const SessionInfo &info() const { return m_info; }
    UserId user() const { return m_info.identity.user; }

    /// Dispatches to this session alone, whatever its intents are.
    /// @param name a string literal: it is kept by pointer
    /// @param d    encoded JSON
    /// @thread any
    void send(const char *name, QByteArray d) const;

private:
    std::shared_ptr<ShardMailbox> m_shard;
    quint64 m_key;
    SessionInfo m_info;
};

} // namespace guildhall::realtime
