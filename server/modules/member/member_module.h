// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/member/member_chunk_service.h"
#include "server/modules/member/member_controller.h"

namespace guildhall {

/// Who is in which guild, and what they are called and may do there.
class MemberModule {
public:
    MemberModule(const Kernel &kernel, PermissionService &permissions, UserService &users);

    MemberService &service() { return m_service; }
    MemberEditing &editing() { return m_editing; }
    /// What answers op 8.
    MemberChunkService &chunks() { return m_chunks; }

private:
    MemberService m_service;
    MemberEditing m_editing;
    MemberChunkService m_chunks;
    MemberController m_controller;
};

} // namespace guildhall
