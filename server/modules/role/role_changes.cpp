// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/role/role_changes.h"

namespace guildhall {

namespace {

void applyColors(const RoleInput &input, Role &role)
{
    if (input.color.isPresent())
        role.colors = RoleColors{input.color.valueOr(0), {}, {}};
    if (input.colors.isPresent())
        role.colors = input.colors.valueOr(RoleColors());
    role.color = role.colors.primaryColor;
}

} // namespace

void applyLooks(const RoleInput &input, Role &role)
{
    applyColors(input, role);
    role.name = input.name.valueOr(role.name);
    if (input.hoist.isPresent())
        role.hoist = input.hoist.valueOr(false);
    if (input.mentionable.isPresent())
        role.mentionable = input.mentionable.valueOr(false);
    if (input.icon.isPresent())
        role.icon
            = input.icon.hasValue() ? Nullable<QString>(input.icon->hash()) : Nullable<QString>();
    if (input.unicodeEmoji.isPresent())
        role.unicodeEmoji = input.unicodeEmoji.asOptional();
}

} // namespace guildhall
