// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/auth.h"

namespace guildhall::api {

inline constexpr auto registerAccount
    = Endpoint<SignedIn, Register>{Verb::Post, "/auth/register", Access::Public,
                                   limits::registration, "Makes an account and signs it in."}
          .answering(201)
          .storefront();
inline constexpr auto login
    = Endpoint<SignedIn, Login>{Verb::Post, "/auth/login", Access::Public, limits::login,
                                "Signs a person in by name or mail address and password."}
          .storefront();
inline constexpr auto logout
    = Endpoint<NoReply,
               NoInput>{Verb::Post, "/auth/logout", Access::User, limits::write,
                        "Revokes the token that the call carries and closes its gateway sessions."}
          .storefront();
inline constexpr auto authMe
    = Endpoint<UserSelf, NoInput>{Verb::Get, "/auth/me", Access::Account, limits::read,
                                  "The account that is signed in."}
          .storefront();

} // namespace guildhall::api
