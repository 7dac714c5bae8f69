// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/guild/guild_controller.h"

namespace guildhall {

/// Guilds: making, listing, settings, ending.
class GuildModule {
public:
    GuildModule(const Kernel &kernel, PermissionService &permissions, UserService &users,
                RoleService &roles, MemberService &members);

    GuildService &service() { return m_service; }

private:
    GuildService m_service;
    GuildEditing m_editing;
    GuildLists m_lists;
    GuildController m_controller;
};

} // namespace guildhall
