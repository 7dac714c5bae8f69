// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/tx.h"
#include "server/modules/invite/invite_record.h"
#include "server/modules/permission/grants.h"

namespace guildhall {

/// Rows of invites. Expired ones are never given back.
class InviteRepository {
public:
    static std::optional<InviteRecord> find(db::Executor &db, const QString &code, Timestamp now);
    /// The invite as it is now; nobody else uses it until `tx` ends.
    static std::optional<InviteRecord> lock(db::Tx &tx, const QString &code, Timestamp now);
    static std::vector<InviteRecord> ofGuild(db::Executor &db, GuildId guild, Timestamp now);
    static std::vector<InviteRecord> ofChannel(db::Executor &db, ChannelId channel, Timestamp now);
    /// The newest one on the same terms by the same person.
    static std::optional<InviteRecord> alike(db::Executor &db, const InviteRecord &wanted,
                                             Timestamp now);

    /// Makes the limit of a guild's invites hold until `tx` ends.
    static void lockGuild(db::Tx &tx, GuildId guild);
    /// Whether the channel is there, and stays while its guild is locked.
    static bool channelStands(db::Tx &tx, ChannelId channel);
    /// After the guild's expired ones were deleted.
    static int count(db::Tx &tx, GuildId guild, Timestamp now);
    /// false: the code is taken.
    static bool insert(db::Tx &tx, const ChannelGrant &grant, const InviteRecord &invite);
    static void countUse(db::Tx &tx, const QString &code);
    static void remove(db::Tx &tx, const QString &code);
};

} // namespace guildhall
