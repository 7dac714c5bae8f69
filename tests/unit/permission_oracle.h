// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/channel.h"

#include <map>
#include <random>
#include <set>
#include <vector>

namespace guildhall::test {

/// One line of the table in api.md 4.1. Channels: T text, V voice, S stage; G: the guild alone.
struct PermissionRow {
    int bit;
    const char *name;
    const char *channels;
};

inline constexpr PermissionRow permissionTable[] = {
    {0, "CREATE_INSTANT_INVITE", "TVS"},
    {1, "KICK_MEMBERS", "G"},
    {2, "BAN_MEMBERS", "G"},
    {3, "ADMINISTRATOR", "G"},
    {4, "MANAGE_CHANNELS", "TVS"},
    {5, "MANAGE_GUILD", "G"},
    {6, "ADD_REACTIONS", "TVS"},
    {7, "VIEW_AUDIT_LOG", "G"},
    {8, "PRIORITY_SPEAKER", "V"},
    {9, "STREAM", "VS"},
    {10, "VIEW_CHANNEL", "TVS"},
    {11, "SEND_MESSAGES", "TVS"},
    {12, "SEND_TTS_MESSAGES", "TVS"},
    {13, "MANAGE_MESSAGES", "TVS"},
    {14, "EMBED_LINKS", "TVS"},
    {15, "ATTACH_FILES", "TVS"},
    {16, "READ_MESSAGE_HISTORY", "TVS"},
    {17, "MENTION_EVERYONE", "TVS"},
    {18, "USE_EXTERNAL_EMOJIS", "TVS"},
    {19, "VIEW_GUILD_INSIGHTS", "G"},
    {20, "CONNECT", "VS"},
    {21, "SPEAK", "V"},
    {22, "MUTE_MEMBERS", "VS"},
    {23, "DEAFEN_MEMBERS", "V"},
    {24, "MOVE_MEMBERS", "VS"},
    {25, "USE_VAD", "V"},
    {26, "CHANGE_NICKNAME", "G"},
    {27, "MANAGE_NICKNAMES", "G"},
    {28, "MANAGE_ROLES", "TVS"},
    {29, "MANAGE_WEBHOOKS", "TVS"},
    {30, "MANAGE_GUILD_EXPRESSIONS", "G"},
    {31, "USE_APPLICATION_COMMANDS", "TVS"},
    {32, "REQUEST_TO_SPEAK", "S"},
    {33, "MANAGE_EVENTS", "VS"},
    {34, "MANAGE_THREADS", "T"},
    {35, "CREATE_PUBLIC_THREADS", "T"},
    {36, "CREATE_PRIVATE_THREADS", "T"},
    {37, "USE_EXTERNAL_STICKERS", "TVS"},
    {38, "SEND_MESSAGES_IN_THREADS", "T"},
    {39, "USE_EMBEDDED_ACTIVITIES", "TV"},
    {40, "MODERATE_MEMBERS", "G"},
    {41, "VIEW_CREATOR_MONETIZATION_ANALYTICS", "G"},
    {42, "USE_SOUNDBOARD", "V"},
    {43, "CREATE_GUILD_EXPRESSIONS", "G"},
    {44, "CREATE_EVENTS", "VS"},
    {45, "USE_EXTERNAL_SOUNDS", "V"},
    {46, "SEND_VOICE_MESSAGES", "TVS"},
    {48, "SET_VOICE_CHANNEL_STATUS", "V"},
    {49, "SEND_POLLS", "TVS"},
    {50, "USE_EXTERNAL_APPS", "TVS"},
    {51, "PIN_MESSAGES", "T"},
    {52, "BYPASS_SLOWMODE", "TVS"},
};

struct OracleRole {
    quint64 permissions = 0;
    int position = 0;
};
struct OracleOverwrite {
    quint64 target = 0;
    bool forMember = false;
    quint64 allow = 0;
    quint64 deny = 0;
};
struct OracleChannel {
    ChannelType type = ChannelType::Text;
    ChannelId parent;
    std::vector<OracleOverwrite> overwrites;
};
struct OracleMember {
    std::set<RoleId> roles; ///< without @everyone
    qint64 timeoutMs = 0; ///< from now; 0: none, below: over
};

/// A guild whose rights are computed as api.md 4.2 words it, line by line and without a thought for
/// speed; it knows nothing of the code it judges.
struct OracleGuild {
    GuildId id;
    UserId owner;
    std::map<RoleId, OracleRole> roles;
    std::map<ChannelId, OracleChannel> channels;
    std::map<UserId, OracleMember> members;

    static quint64 allBits();
    quint64 inGuild(UserId user) const;
    quint64 inChannel(UserId user, ChannelId channel) const;

private:
    quint64 base(UserId user) const;
    bool isAll(UserId user) const;
};

/// A small guild with a bit of everything.
OracleGuild randomGuild(std::mt19937_64 &random);

} // namespace guildhall::test
