// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/user/user_controller.h"

#include "server/gateway/rest/router.h"
#include "server/modules/user/user_service.h"
#include "shared/api/user_api.h"

namespace guildhall {

UserController::UserController(const Kernel &kernel, UserService &users)
    : m_users(users)
{
    kernel.routes.bind(api::getSelf, this, &UserController::self);
    kernel.routes.bind(api::getUser, this, &UserController::user);
}

Result<UserSelf> UserController::self(const Caller &who)
{
    std::optional<UserSelf> self = m_users.self(who.user);
    if (!self)
        return refuse(ErrorCode::UnknownUser);
    return std::move(*self);
}

Result<User> UserController::user(const Caller &, UserId id)
{
    std::optional<User> user = m_users.find(id);
    if (!user)
        return refuse(ErrorCode::UnknownUser);
    return std::move(*user);
}

} // namespace guildhall
