// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace guildhall {

/// Why a gateway connection was closed. @source api.md 7.5; below 3000 RFC 6455 7.4
enum class CloseCode : quint16 {
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    InvalidText = 1007,

    Unknown = 4000,
    UnknownOpcode = 4001,
    DecodeError = 4002,
    NotAuthenticated = 4003,
    AuthenticationFailed = 4004,
    AlreadyAuthenticated = 4005,
    InvalidSequence = 4007,
    RateLimited = 4008,
    SessionTimedOut = 4009,
    InvalidShard = 4010,
    ShardingRequired = 4011,
    InvalidVersion = 4012,
    InvalidIntents = 4013,
    DisallowedIntents = 4014,
};

/// Whether a client that closes with `code` ends its session; any other leaves it resumable.
constexpr bool endsSession(quint16 code)
{
    return code == quint16(CloseCode::Normal) || code == quint16(CloseCode::GoingAway);
}

/// The sentence sent along with the code; clients print it.
constexpr const char *closeReason(CloseCode code)
{
    switch (code) {
    case CloseCode::Normal:
    case CloseCode::GoingAway:
        return "";
    case CloseCode::ProtocolError:
        return "Protocol error.";
    case CloseCode::InvalidText:
        return "Text is not UTF-8.";
    case CloseCode::Unknown:
        return "Unknown error.";
    case CloseCode::UnknownOpcode:
        return "Unknown opcode.";
    case CloseCode::DecodeError:
        return "Error while decoding payload.";
    case CloseCode::NotAuthenticated:
        return "Not authenticated.";
    case CloseCode::AuthenticationFailed:
        return "Authentication failed.";
    case CloseCode::AlreadyAuthenticated:
        return "Already authenticated.";
    case CloseCode::InvalidSequence:
        return "Invalid sequence.";
    case CloseCode::RateLimited:
        return "You are being rate limited.";
    case CloseCode::SessionTimedOut:
        return "Session timed out.";
    case CloseCode::InvalidShard:
        return "Invalid shard.";
    case CloseCode::ShardingRequired:
        return "Sharding required.";
    case CloseCode::InvalidVersion:
        return "Invalid API version, encoding or compression.";
    case CloseCode::InvalidIntents:
        return "Invalid intent(s).";
    case CloseCode::DisallowedIntents:
        return "Disallowed intent(s).";
    }
    return "";
}

} // namespace guildhall
