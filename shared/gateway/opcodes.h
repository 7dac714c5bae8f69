// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace guildhall {

/// What a gateway payload is. @source api.md 7.2
enum class Opcode : int {
    Dispatch = 0,
    Heartbeat = 1,
    Identify = 2,
    PresenceUpdate = 3,
    VoiceStateUpdate = 4,
    Resume = 6,
    Reconnect = 7,
    RequestGuildMembers = 8,
    InvalidSession = 9,
    Hello = 10,
    HeartbeatAck = 11,
    // Sent by ordinary chat clients; known, and ignored.
    GuildSubscriptions = 14,
    RequestSoundboardSounds = 31,
    GuildSubscriptionsBulk = 37,
    ChannelInfo = 43,
};

/// What the gateway does with a number a client sent.
enum class OpcodeUse {
    Handled,
    Ignored,
    Unknown, ///< close 4001
};

constexpr OpcodeUse opcodeUse(int op)
{
    switch (Opcode(op)) {
    case Opcode::Heartbeat:
    case Opcode::Identify:
    case Opcode::PresenceUpdate:
    case Opcode::VoiceStateUpdate:
    case Opcode::Resume:
    case Opcode::RequestGuildMembers:
        return OpcodeUse::Handled;
    case Opcode::GuildSubscriptions:
    case Opcode::RequestSoundboardSounds:
    case Opcode::GuildSubscriptionsBulk:
    case Opcode::ChannelInfo:
        return OpcodeUse::Ignored;
    case Opcode::Dispatch:
    case Opcode::Reconnect:
    case Opcode::InvalidSession:
    case Opcode::Hello:
    case Opcode::HeartbeatAck:
        break; // the server's own; from a client they mean nothing
    }
    return OpcodeUse::Unknown;
}

} // namespace guildhall
