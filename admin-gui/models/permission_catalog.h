// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permission/permissions.h"

#include <QString>

#include <span>

namespace guildhall::console {

enum class PermissionGroup { General, Membership, Text, Voice, Events, Apps };

/// How a permission is shown. Every bit of the contract is in the catalog, in one group.
struct PermissionInfo {
    Permission permission;
    PermissionGroup group;
    const char *name; ///< untranslated; permissionName() gives the sentence for people
    const char *description;
    bool dangerous = false; ///< whoever has it can do harm that is hard to undo
};

/// By group, in the order they are shown.
std::span<const PermissionInfo> permissionCatalog();
const PermissionInfo &permissionInfo(Permission permission);

QString permissionName(Permission permission);
QString permissionDescription(Permission permission);
QString groupName(PermissionGroup group);

} // namespace guildhall::console
