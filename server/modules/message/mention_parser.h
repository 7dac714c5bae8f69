// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"

#include <QStringView>

#include <vector>

namespace guildhall {

/// What a text mentions, each once, in order of appearance; before anybody asked whether it may.
struct MentionsInText {
    std::vector<UserId> users; ///< <@1>, <@!1>
    std::vector<RoleId> roles; ///< <@&1>
    bool everyone = false; ///< @everyone or @here
};

/// Reads mentions out of a message's content; those in code spans and blocks do not count.
/// @source api.md 6.6, "Mention rules"
MentionsInText parseMentions(QStringView content);

} // namespace guildhall
