// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/commands.h"
#include "server/gateway/realtime/ready.h"
#include "shared/gateway/close_codes.h"
#include "shared/json/parse.h"

#include <optional>

namespace guildhall::realtime {

/// What a client sent: an opcode and its `d`.
struct ClientPayload {
    json::Document document; ///< owns `d`
    /// Numbers beyond int are -1: no opcode either way.
    int op = -1;

    const json::Value &d() const;
};

/// Reads a payload. nullopt: not JSON, not an object, or `op` not an integer (close 4002).
std::optional<ClientPayload> readPayload(QByteArrayView text);

/// `d` of op 1: null or the last `s`. @return whether it is well-formed
bool isHeartbeat(const json::Value &d);

/// IDENTIFY, read as far as it can be. The mistakes are judged later and in the contract's order:
/// the token comes first, and needs the database.
struct IdentifyPayload {
    enum class IntentsField { Absent, Wrong, Given };

    QByteArray token; ///< without scheme; empty when it is missing or no string
    bool wellFormed = false; ///< otherwise 4002
    bool shardValid = true; ///< otherwise 4010
    IntentsField intentsField = IntentsField::Absent;
    quint64 intents = 0;
    std::optional<ShardOf> shard;
    int largeThreshold = 50;
    std::optional<PresenceUpdate> presence;
};
IdentifyPayload readIdentify(const json::Value &d);

/// The close code for what `payload` asks of `identity`; nullopt when all is well.
/// @source api.md 7.3, from "shape" to "privileged bits"
std::optional<CloseCode> judgeIdentify(const IdentifyPayload &payload, const Identity &identity);
/// The intents a valid payload asks for.
Intents intentsOf(const IdentifyPayload &payload);

/// RESUME. The token is judged first here too.
struct ResumePayload {
    QByteArray token;
    bool wellFormed = false;
    QByteArray sessionId;
    quint64 sequence = 0;
};
ResumePayload readResume(const json::Value &d);

// nullopt: `d` is of the wrong type (close 4002).
std::optional<PresenceUpdate> readPresence(const json::Value &d);
std::optional<VoiceStateUpdate> readVoiceState(const json::Value &d);
std::optional<MembersRequest> readMembersRequest(const json::Value &d);

} // namespace guildhall::realtime
