// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/user/user_controller.h"
#include "server/modules/user/user_service.h"

namespace guildhall {

/// Accounts. Made right after permission: who hears of a changed account finds it in the cache.
class UserModule {
public:
    explicit UserModule(const Kernel &kernel);

    UserService &service() { return m_service; }

private:
    UserService m_service;
    UserController m_controller;
};

} // namespace guildhall
