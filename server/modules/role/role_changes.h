// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/role.h"

namespace guildhall {

/// Puts into `role` what `input` has, whoever sent it: names, colours, looks. Null gives an
/// optional thing up and is nothing to the others. Rights are left alone: they are judged first.
void applyLooks(const RoleInput &input, Role &role);

} // namespace guildhall
