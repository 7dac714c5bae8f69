// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/auth_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/infrastructure/security/instance_secrets.h"

namespace guildhall {

namespace {

std::vector<Secret<QByteArray>> signingKeys(const Kernel &kernel, const AuthSettings &settings)
{
    std::vector<Secret<QByteArray>> keys = settings.previousSecrets;
    keys.insert(keys.begin(),
                settings.jwtSecret.reveal().isEmpty()
                    ? instanceSecret(kernel.database, QStringLiteral("jwt"))
                    : settings.jwtSecret);
    return keys;
}

} // namespace

AuthModule::AuthModule(const Kernel &kernel, const AuthSettings &settings, UserService &users)
    : m_signer(signingKeys(kernel, settings))
    , m_authenticator(kernel, m_signer, settings.metrics)
    , m_signIns(kernel, m_signer, settings.tokenLifetime)
    , m_service(kernel, settings, users, m_signIns)
    , m_accounts(kernel, settings.passwordCost, users, m_signIns)
    , m_controller(kernel, m_service, m_accounts, users)
{
    kernel.events.declare<TokensRevoked>();
    kernel.events.atCommit<TokensRevoked>(
        [this](const TokensRevoked &event) { m_authenticator.forget(event); });
}

} // namespace guildhall
