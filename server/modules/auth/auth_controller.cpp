// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/auth_controller.h"

#include "server/gateway/rest/router.h"
#include "server/modules/auth/account_service.h"
#include "server/modules/auth/auth_service.h"
#include "server/modules/user/user_service.h"
#include "shared/api/auth_api.h"
#include "shared/api/user_api.h"

namespace guildhall {

AuthController::AuthController(const Kernel &kernel, AuthService &auth, AccountService &accounts,
                               UserService &users)
    : m_auth(auth)
    , m_accounts(accounts)
    , m_users(users)
{
    Router &routes = kernel.routes;
    routes.bind(api::registerAccount, this, &AuthController::registerAccount, Work::Heavy);
    routes.bind(api::login, this, &AuthController::login, Work::Heavy);
    routes.bind(api::logout, this, &AuthController::logout);
    routes.bind(api::authMe, this, &AuthController::me);
    routes.bind(api::modifySelf, this, &AuthController::modifySelf, Work::Heavy);
}

Result<SignedIn> AuthController::registerAccount(const Caller &, const Submitted<Register> &body)
{
    return m_auth.registerAccount(body);
}

Result<SignedIn> AuthController::login(const Caller &who, const Login &body)
{
    return m_auth.login(who, body);
}

Result<api::NoReply> AuthController::logout(const Caller &who)
{
    GH_CHECK(m_auth.logout(who));
    return api::NoReply{};
}

Result<UserSelf> AuthController::me(const Caller &who)
{
    std::optional<UserSelf> self = m_users.self(who.user);
    if (!self)
        return refuse(ErrorCode::UnknownUser);
    return std::move(*self);
}

Result<ModifiedSelf> AuthController::modifySelf(const Caller &who, const ModifySelf &body)
{
    return m_accounts.modify(who, body);
}

} // namespace guildhall
