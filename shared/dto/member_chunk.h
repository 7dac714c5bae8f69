// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/member.h"
#include "shared/dto/presence.h"

namespace guildhall {

/// `d` of GUILD_MEMBERS_CHUNK, a part of the answer to op 8. @source api.md 7.6
struct MemberChunk {
    static constexpr int maxMembers = 1000;

    GuildId guildId;
    std::vector<Member> members;
    int chunkIndex = 0;
    int chunkCount = 1;
    std::optional<std::vector<UserId>> notFound; ///< of the ids that were asked for
    std::optional<std::vector<Presence>> presences;
    std::optional<QString> nonce;

    static constexpr auto jsonFields()
    {
        using json::field;
        using M = MemberChunk;
        return json::fields(field("guild_id", &M::guildId), field("members", &M::members),
                            field("chunk_index", &M::chunkIndex),
                            field("chunk_count", &M::chunkCount), field("not_found", &M::notFound),
                            field("presences", &M::presences), field("nonce", &M::nonce));
    }
};

} // namespace guildhall
