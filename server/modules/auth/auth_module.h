// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/auth/account_service.h"
#include "server/modules/auth/auth_controller.h"
#include "server/modules/auth/auth_service.h"
#include "server/modules/auth/sign_ins.h"
#include "server/modules/auth/token_authenticator.h"

namespace guildhall {

/// Registering, signing in, and judging tokens. Reads the signing key, so the database is up and
/// migrated by then. @throws DbFault
class AuthModule {
public:
    AuthModule(const Kernel &kernel, const AuthSettings &settings, UserService &users);

    AuthService &service() { return m_service; }
    Authenticator &authenticator() { return m_authenticator; }
    realtime::GatewayAuthenticator &gatewayAuthenticator() { return m_authenticator; }
    /// Asks the database about every token again. @thread any
    void forgetTokens() { m_authenticator.forgetAll(); }

private:
    TokenSigner m_signer;
    TokenAuthenticator m_authenticator;
    SignIns m_signIns;
    AuthService m_service;
    AccountService m_accounts;
    AuthController m_controller;
};

} // namespace guildhall
