// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qnamespace.h>

namespace guildhall::console {

/// What models of the console answer besides Qt's own roles.
enum ModelRole {
    IdRole = Qt::UserRole + 1, ///< the thing's id as text, for Ctrl+Shift+C
    CopyRole, ///< what Ctrl+C takes where it is not what is shown, such as exact times
    SortRole, ///< what to sort by; numbers and times as numbers
    StatusRole, ///< a member's status by its name on the wire
    ColorRole, ///< a role's colour 0xRRGGBB; 0 for none
    ChangedRole, ///< whether a draft changes it
    DangerousRole, ///< whether a right can do harm
    HeadingRole, ///< whether the row only names a group
};

} // namespace guildhall::console
