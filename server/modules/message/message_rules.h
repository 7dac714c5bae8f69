// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/permission/grants.h"
#include "server/modules/user/user_service.h"
#include "shared/core/result.h"
#include "shared/dto/message_input.h"

namespace guildhall::messageRules {

/// @error InvalidFormBody  longer than 25 characters
Result<void> checkNonce(const std::optional<StringOrInt> &nonce);

/// @error InvalidFormBody  `parse` with an unknown word, or with a word whose list is given as well
Result<void> checkAllowedMentions(const std::optional<AllowedMentions> &allowed);

/// Components are kept as they came, but clients iterate them: they must be a list, and not one
/// that costs more than a message may. @error InvalidFormBody
Result<void> checkComponents(const RawJson &components);

/// Embeds as they will be stored. @error InvalidFormBody  an empty one, an address that is none of
/// http or https, more than 6000 characters in all
Result<std::vector<Embed>> checkEmbeds(std::vector<Embed> embeds);

/// Whom a message mentions, after everything that limits it.
struct Mentions {
    std::vector<User> users;
    std::vector<RoleId> roles;
    bool everyone = false;
};
/// @param repliedTo  the author of the message that is answered; counts unless it is forbidden
/// @thread api pool, before any transaction  @source api.md 6.6, "Mention rules"
Mentions resolveMentions(const QString &content, const std::optional<AllowedMentions> &allowed,
                         std::optional<UserId> repliedTo, const ChannelGrant &grant,
                         UserService &users);

} // namespace guildhall::messageRules
