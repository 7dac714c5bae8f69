// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/role/role_order.h"

#include <algorithm>

namespace guildhall {

namespace {

/// At equal positions the lower id stands higher.
bool isLower(const Role &a, const Role &b)
{
    return a.position != b.position ? a.position < b.position : a.id > b.id;
}

} // namespace

RoleOrder::RoleOrder(const std::vector<Role> &roles, GuildId guild)
    : m_guild(guild)
{
    for (const Role &role : roles) {
        if (role.id != RoleId(guild))
            m_roles.push_back(role);
    }
    std::sort(m_roles.begin(), m_roles.end(), isLower);
}

Result<RoleOrder> RoleOrder::moved(const std::vector<RolePosition> &moves) const
{
    RoleOrder result = *this;
    std::vector<Role> taken;
    for (const RolePosition &move : moves) {
        if (move.id == RoleId(m_guild)) {
            if (move.position.valueOr(0) != 0)
                return refuse(ErrorCode::InvalidRole);
            continue;
        }
        const auto isIt = [&](const Role &role) {
            return role.id == move.id;
        };
        if (std::ranges::none_of(m_roles, isIt))
            return refuse(ErrorCode::InvalidRole);
        if (!move.position.hasValue())
            continue;
        // Named twice: the last one wins, as for keys of an object.
        std::erase_if(taken, isIt);
        Role role = *std::ranges::find_if(m_roles, isIt);
        std::erase_if(result.m_roles, isIt);
        role.position = *move.position;
        taken.push_back(std::move(role));
    }
    std::sort(taken.begin(), taken.end(), isLower);
    for (Role &role : taken) {
        // Lowest first: everything below this one stands already.
        const size_t place = size_t(std::max(0, role.position - 1));
        const auto before
            = result.m_roles.begin() + std::ptrdiff_t(std::min(place, result.m_roles.size()));
        const auto original
            = std::ranges::find_if(m_roles, [&](const Role &other) { return other.id == role.id; });
        role.position = original->position;
        result.m_roles.insert(before, std::move(role));
    }
    return result;
}

std::vector<Role> RoleOrder::renumbered() const
{
    std::vector<Role> changed;
    int position = 0;
    for (const Role &role : m_roles) {
        if (role.position == ++position)
            continue;
        changed.push_back(role);
        changed.back().position = position;
    }
    return changed;
}

} // namespace guildhall
