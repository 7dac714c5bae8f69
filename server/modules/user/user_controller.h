// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/modules/kernel.h"
#include "shared/core/result.h"
#include "shared/dto/user.h"

namespace guildhall {

class UserService;

/// Reading accounts. Changing one's own may want a password, so auth does it.
class UserController {
public:
    UserController(const Kernel &kernel, UserService &users);

private:
    Result<UserSelf> self(const Caller &who);
    Result<User> user(const Caller &who, UserId id);

    UserService &m_users;
};

} // namespace guildhall
