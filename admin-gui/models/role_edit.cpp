// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/role_edit.h"

#include <bit>

namespace guildhall::console {

bool RoleEdit::isEmpty() const
{
    return *this == RoleEdit();
}

int RoleEdit::count() const
{
    return int(name.has_value()) + int(color.has_value()) + int(hoist.has_value())
        + int(mentionable.has_value()) + std::popcount(given.bits()) + std::popcount(taken.bits());
}

Role RoleEdit::appliedTo(Role role) const
{
    role.name = name.value_or(role.name);
    role.hoist = hoist.value_or(role.hoist);
    role.mentionable = mentionable.value_or(role.mentionable);
    role.permissions = (role.permissions | given).without(taken);
    if (color) {
        role.color = *color;
        role.colors.primaryColor = *color;
    }
    return role;
}

RoleEdit RoleEdit::reducedFor(const Role &role) const
{
    RoleEdit out = *this;
    if (out.name == role.name)
        out.name.reset();
    if (out.color == role.color)
        out.color.reset();
    if (out.hoist == role.hoist)
        out.hoist.reset();
    if (out.mentionable == role.mentionable)
        out.mentionable.reset();
    out.given = given.without(role.permissions);
    out.taken = taken & role.permissions;
    return out;
}

RoleInput RoleEdit::inputFor(const Role &role) const
{
    RoleInput input;
    if (name)
        input.name = *name;
    if (color)
        input.color = *color;
    if (hoist)
        input.hoist = *hoist;
    if (mentionable)
        input.mentionable = *mentionable;
    if (!given.isEmpty() || !taken.isEmpty())
        input.permissions = (role.permissions | given).without(taken);
    return input;
}

} // namespace guildhall::console
