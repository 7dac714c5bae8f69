// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/kernel.h"
#include "shared/api/endpoint.h"
#include "shared/core/result.h"
#include "shared/dto/auth.h"

namespace guildhall {

class AccountService;
class AuthService;
class UserService;

class AuthController {
public:
    AuthController(const Kernel &kernel, AuthService &auth, AccountService &accounts,
                   UserService &users);

private:
    Result<SignedIn> registerAccount(const Caller &who, const Submitted<Register> &body);
    Result<SignedIn> login(const Caller &who, const Login &body);
    Result<api::NoReply> logout(const Caller &who);
    Result<UserSelf> me(const Caller &who);
    Result<ModifiedSelf> modifySelf(const Caller &who, const ModifySelf &body);

    AuthService &m_auth;
    AccountService &m_accounts;
    UserService &m_users;
};

} // namespace guildhall
