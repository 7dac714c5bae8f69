// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/guild.h"
#include "shared/dto/invite.h"

#include <optional>

namespace guildhall {

/// A stored invite with the channel it leads to.
struct InviteRecord {
    QString code;
    GuildId guild;
    UserId inviter; ///< null: the account is gone
    InviteChannel channel;
    int maxAge = 0; ///< seconds; 0: does not expire
    int maxUses = 0; ///< 0: any number
    int uses = 0;
    bool temporary = false;
    Timestamp createdAt;
    std::optional<Timestamp> expiresAt;

    /// Whether one more use is its last.
    bool isLastUse() const { return maxUses > 0 && uses + 1 >= maxUses; }
};

/// The invite as anybody sees it. @param inviter  nullopt when the account is gone
Invite toInvite(const InviteRecord &record, const Guild &guild, const std::optional<User> &inviter);
/// As those see it who manage it.
InviteWithMetadata toInviteWithMetadata(const InviteRecord &record, const Guild &guild,
                                        const std::optional<User> &inviter);

} // namespace guildhall
