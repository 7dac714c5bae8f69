// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/role.h"

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace guildhall::console {

/// What a draft changes about one role. Rights are kept as what is given and what is taken, so that
/// two people who change different rights of a role do not undo each other.
struct RoleEdit {
    std::optional<QString> name;
    std::optional<int> color;
    std::optional<bool> hoist;
    std::optional<bool> mentionable;
    Permissions given;
    Permissions taken;

    bool isEmpty() const;
    /// How many settings it changes.
    int count() const;
    Role appliedTo(Role role) const;
    /// Without what `role` is already.
    RoleEdit reducedFor(const Role &role) const;
    /// What to send so that `role` becomes as the draft says.
    RoleInput inputFor(const Role &role) const;

    friend bool operator==(const RoleEdit &, const RoleEdit &) = default;
};

/// Everything a draft changes in a guild.
struct RoleEdits {
    std::map<RoleId, RoleEdit> edits;
    /// The wanted order, highest first and without @everyone; none when it is as it was.
    std::optional<std::vector<RoleId>> order;

    friend bool operator==(const RoleEdits &, const RoleEdits &) = default;
};

} // namespace guildhall::console
