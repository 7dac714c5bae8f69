// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/security/bot_token.h"
#include "server/infrastructure/security/token_digest.h"
#include "server/modules/auth/auth_module.h"
#include "server/modules/user/user_module.h"
#include "shared/json/codec.h"
#include "sql/queries/test_world.h"
#include "tests/support/module_world.h"

namespace guildhall::test {

/// A module world with accounts and sign-ins; passwords are hashed cheaply.
class AuthWorld : public ModuleWorld {
public:
    explicit AuthWorld(AuthSettings settings = cheap())
        : m_users(kernel())
        , m_auth(kernel(), settings, m_users.service())
    { }

    static AuthSettings cheap()
    {
        AuthSettings settings;
        settings.passwordCost = {1, 8192};
        return settings;
    }

    UserService &users() { return m_users.service(); }
    AuthService &auth() { return m_auth.service(); }
    Authenticator &authenticator() { return m_auth.authenticator(); }
    realtime::GatewayAuthenticator &gateway() { return m_auth.gatewayAuthenticator(); }

    static inline const QString password = QStringLiteral("correct horse");

    /// Registers `name` with `name`@guildhall.test and the password above.
    SignedIn registered(const QString &name)
    {
        return auth()
            .registerAccount(Register{name, name + QStringLiteral("@guildhall.test"), password,
                                      std::nullopt, std::nullopt})
            .value();
    }
    Result<SignedIn> login(const QString &account, const QString &secret,
                           const QByteArray &address = "192.0.2.1")
    {
        Caller who;
        who.network = address;
        Login body;
        body.login = account;
        body.password = secret;
        return auth().login(who, body);
    }

    /// Gives the bot a token, as its application would.
    QByteArray newBotToken(UserId bot)
    {
        const QByteArray token = botToken::make(bot, clock().now()).reveal();
        database().session().exec(sql::test_world::set_bot_token, db::bind(":id", bot),
                                  db::bind(":digest", tokenDigest(token)));
        return token;
    }

    static QByteArray bearer(const QString &token) { return "Bearer " + token.toLatin1(); }
    /// Whether a token opens requests. As the pipeline does it: from memory, else by SQL.
    bool opens(const QByteArray &authorization)
    {
        if (const auto known = authenticator().recall(authorization))
            return known->has_value();
        return authenticator().authenticate(authorization).has_value();
    }
    /// Who a token makes the caller.
    Caller callerOf(const SignedIn &signedIn)
    {
        Caller caller = as(signedIn.userId);
        static_cast<Principal &>(caller)
            = authenticator().authenticate(bearer(signedIn.token)).value();
        return caller;
    }

private:
    UserModule m_users;
    AuthModule m_auth;
};

inline QByteArray codeAt(const ApiError &error, const QString &field)
{
    for (const FieldError &mistake : error.fields) {
        if (mistake.path == QStringList{field})
            return mistake.code;
    }
    return {};
}

} // namespace guildhall::test
