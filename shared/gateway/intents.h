// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace guildhall {

/// What a gateway session asked to hear, one bit each. @source api.md 8.1
enum class Intent : quint32 {
    None = 0, ///< delivered whatever the session asked for
    Guilds = 1u << 0,
    GuildMembers = 1u << 1,
    GuildModeration = 1u << 2,
    GuildExpressions = 1u << 3,
    GuildIntegrations = 1u << 4,
    GuildWebhooks = 1u << 5,
    GuildInvites = 1u << 6,
    GuildVoiceStates = 1u << 7,
    GuildPresences = 1u << 8,
    GuildMessages = 1u << 9,
    GuildMessageReactions = 1u << 10,
    GuildMessageTyping = 1u << 11,
    DirectMessages = 1u << 12,
    DirectMessageReactions = 1u << 13,
    DirectMessageTyping = 1u << 14,
    MessageContent = 1u << 15,
    GuildScheduledEvents = 1u << 16,
    AutoModerationConfiguration = 1u << 20,
    AutoModerationExecution = 1u << 21,
    GuildMessagePolls = 1u << 24,
    DirectMessagePolls = 1u << 25,
};

/// Every bit that may be asked for; another one closes the connection with 4013.
inline constexpr quint32 knownIntents
    = 0x1ffffu | (1u << 20) | (1u << 21) | (1u << 24) | (1u << 25);

/// The set a session asked for.
struct Intents {
    quint32 bits = 0;

    constexpr bool has(Intent intent) const
    {
        return intent == Intent::None || (bits & quint32(intent)) != 0;
    }
    static constexpr Intents all() { return {knownIntents}; }
};

} // namespace guildhall
