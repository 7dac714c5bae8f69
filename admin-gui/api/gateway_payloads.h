// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/dto/member.h"
#include "shared/dto/role.h"
#include "shared/dto/user.h"
#include "shared/json/codec.h"

namespace guildhall::console {

// What the console sends and reads on the gateway besides the objects of shared/dto.
// @source api.md 7.2 to 7.4 and 8.2

struct Hello {
    int heartbeatInterval = 0; ///< ms

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("heartbeat_interval", &Hello::heartbeatInterval,
                                        json::Range{1, 3600 * 1000}));
    }
};

struct ClientProperties {
    QString os;
    QString browser = QStringLiteral("Guildhall Console");
    QString device = QStringLiteral("desktop");

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("os", &ClientProperties::os),
                            field("browser", &ClientProperties::browser),
                            field("device", &ClientProperties::device));
    }
};

struct Identify {
    QString token;
    int intents = 0;
    int largeThreshold = 250; ///< the most the server grants
    ClientProperties properties;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("token", &Identify::token), field("intents", &Identify::intents),
                            field("large_threshold", &Identify::largeThreshold),
                            field("properties", &Identify::properties));
    }
};

struct Resume {
    QString token;
    QString sessionId;
    qint64 seq = 0;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("token", &Resume::token), field("session_id", &Resume::sessionId),
                            field("seq", &Resume::seq));
    }
};

/// What a session has to remember of READY to be resumed.
struct SessionInfo {
    QString sessionId;
    QString resumeGatewayUrl;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(
            field("session_id", &SessionInfo::sessionId),
            field("resume_gateway_url", &SessionInfo::resumeGatewayUrl, json::MayBeAbsent{}));
    }
};

/// READY without its guilds, which are read one by one: a guild that is out is only a stub.
struct ReadyHead {
    UserSelf user;

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("user", &ReadyHead::user));
    }
};

struct GuildStub {
    GuildId id;
    bool unavailable = false;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("id", &GuildStub::id),
                            field("unavailable", &GuildStub::unavailable, json::MayBeAbsent{}));
    }
};

/// GUILD_ROLE_CREATE and GUILD_ROLE_UPDATE.
struct RoleOfGuild {
    GuildId guildId;
    Role role;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("guild_id", &RoleOfGuild::guildId),
                            field("role", &RoleOfGuild::role));
    }
};

/// GUILD_ROLE_DELETE.
struct RoleGone {
    GuildId guildId;
    RoleId roleId;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("guild_id", &RoleGone::guildId),
                            field("role_id", &RoleGone::roleId));
    }
};

/// GUILD_MEMBER_REMOVE.
struct MemberGone {
    GuildId guildId;
    User user;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("guild_id", &MemberGone::guildId),
                            field("user", &MemberGone::user));
    }
};

} // namespace guildhall::console
