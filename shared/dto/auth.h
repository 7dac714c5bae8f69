// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/user.h"

namespace guildhall {

/// POST /auth/register. Keys that other clients send besides are ignored. @source api.md 1.5
struct Register {
    QString username;
    QString email;
    QString password;
    std::optional<QString> globalName;
    std::optional<QString> invite;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(
            field("username", &Register::username, Trimmed{}, Length{2, 32}, UsernameCharacters{}),
            field("email", &Register::email, Trimmed{}, EmailAddress{}),
            field("password", &Register::password, Length{8, 72}),
            field("global_name", &Register::globalName, Trimmed{}, Length{1, 32}),
            field("invite", &Register::invite));
    }
};

/// POST /auth/login; the account may be named in any of three keys.
struct Login {
    std::optional<QString> email;
    std::optional<QString> login;
    std::optional<QString> username;
    QString password;

    QString account() const
    {
        return email ? *email : login ? *login : username.value_or(QString());
    }

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("email", &Login::email), field("login", &Login::login),
                      field("username", &Login::username), field("password", &Login::password));
    }
};

/// What a sign-in gives: the same token under the three names that clients read.
struct SignedIn {
    QString token;
    QString accessToken;
    QString accessTokenCamel;
    QString tokenType = QStringLiteral("Bearer");
    qint64 expiresIn = 0; ///< seconds
    UserId userId;
    UserSelf user;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(
            field("token", &SignedIn::token), field("access_token", &SignedIn::accessToken),
            field("accessToken", &SignedIn::accessTokenCamel),
            field("token_type", &SignedIn::tokenType), field("expires_in", &SignedIn::expiresIn),
            field("user_id", &SignedIn::userId), field("user", &SignedIn::user));
    }
};

} // namespace guildhall
