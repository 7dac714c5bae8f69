// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/client_payload.h"
#include "server/gateway/realtime/event_log.h"
#include "server/gateway/realtime/flow_limit.h"
#include "server/gateway/realtime/loader.h"
#include "server/gateway/realtime/websocket_handshake.h"
#include "server/gateway/realtime/websocket_link.h"
#include "shared/gateway/opcodes.h"

#include <chrono>
#include <optional>
#include <vector>

namespace guildhall::realtime {

class Session;
class Shard;

/// The conversation with one client: HELLO, IDENTIFY, heartbeats, limits, closing. The rules of
/// api.md 7 are here; what the session hears is the Fanout's.
/// @thread the shard's
class Connection final : public WebSocketLink::Owner {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// @param key unique within the shard
    Connection(quint64 key, Shard &shard, QTcpSocket *socket, const UpgradeRequest &request);
    ~Connection();

    /// Answers the handshake and says HELLO.
    void begin();

    /// When it wants to be looked at next.
    Time deadline() const;
    /// The deadline it is queued under; kept by the shard.
    Time queuedDeadline() const { return m_queuedDeadline; }
    void setQueuedDeadline(Time at) { m_queuedDeadline = at; }
    void deadlineReached(Time now);

    /// Ends the session and says why. @param reason of the close code when empty
    void close(CloseCode code, QByteArrayView reason = {});
    /// The session is of no use any more; the client may IDENTIFY again on this connection.
    void invalidateSession();
    /// Asks the client to come back elsewhere, and closes at `closeAt`.
    void retire(Time closeAt);

    const Session *session() const { return m_session; }

private:
    enum class Phase : quint8 {
        Anonymous, ///< waiting for IDENTIFY or RESUME
        Judging, ///< the token is with the pool
        Loading, ///< so is the state
        Ready,
        Over, ///< only the socket is still to be closed
    };

    void received(QByteArrayView payload) override;
    void ended(quint16 code, bool byClient) override;
    void linkGone() override;

    void handle(const ClientPayload &payload);
    void handleInSession(Opcode op, const json::Value &d);
    void heartbeat(const json::Value &d);
    void identify(const json::Value &d);
    void resume(const json::Value &d);
    void updatePresence(const json::Value &d);
    void updateVoiceState(const json::Value &d);
    void requestMembers(const json::Value &d);
    void defer(QByteArrayView payload);
    void handleDeferred();

    template <typename Done>
    void judgeToken(const QByteArray &token, Done done);
    std::optional<Identity> accept(const Loader::Judgement &judgement);
    void identified(const IdentifyPayload &payload, const Identity &identity);
    void resumed(const ResumePayload &payload);
    void load(const IdentifyPayload &payload, const Identity &identity);
    void loaded(std::optional<Loader::Ready> ready);
    void sendReady(const ReadyPayloads &payloads);
    void refuseSession();
    void endSession(bool abnormal);
    void enter(Phase phase);
    void reschedule();
    bool isBusy() const { return m_phase == Phase::Judging || m_phase == Phase::Loading; }

    const quint64 m_key;
    Shard &m_shard;
    WebSocketLink m_link;
    Session *m_session = nullptr; ///< owned by the shard
    Phase m_phase = Phase::Anonymous;
    bool m_retiring = false;
    FlowLimit m_inbound;
    FlowLimit m_presences;
    Time m_queuedDeadline{};
    Time m_phaseSince;
    Time m_lastHeartbeat;
    Time m_closeAt{}; ///< while retiring, and while over: when the socket is cut
    std::vector<QByteArray> m_deferred; ///< came while the pool was busy for it
    std::optional<EventLog::Position> m_loadingSince;
    std::optional<PresenceUpdate> m_initialPresence; ///< until the session is open
    QByteArray m_url; ///< where to resume, for READY
    QByteArray m_opening; ///< until begin(): the answer to the handshake
    QByteArray m_refusal;
    quint64 m_judgement = 0; ///< the newest one; older ones are void
};

} // namespace guildhall::realtime
