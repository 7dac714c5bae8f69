// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/sign_ins.h"

#include "server/infrastructure/database/tx.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "server/modules/auth/auth_events.h"
#include "server/modules/auth/auth_repository.h"

namespace guildhall {

SignIns::SignIns(const Kernel &kernel, const TokenSigner &signer, std::chrono::seconds lifetime)
    : m_kernel(kernel)
    , m_signer(signer)
    , m_lifetime(lifetime)
{ }

SignedIn SignIns::begin(db::Tx &tx, const UserSelf &user)
{
    const auto id = m_kernel.ids.next<AuthSessionId>();
    const Timestamp from{m_kernel.clock.now().ms / 1000 * 1000}; // as exact as a token is
    const Timestamp until{from.ms + std::chrono::milliseconds(m_lifetime).count()};
    AuthRepository::insertSession(tx, id, user.id, from, until);
    const QByteArray token = m_signer.sign({user.id, id, from, until, user.username});
    SignedIn answer;
    answer.token = QString::fromLatin1(token);
    answer.accessToken = answer.token;
    answer.accessTokenCamel = answer.token;
    answer.expiresIn = m_lifetime.count();
    answer.userId = user.id;
    answer.user = user;
    return answer;
}

void SignIns::end(db::Tx &tx, UserId user, AuthSessionId session)
{
    if (AuthRepository::revokeSession(tx, session, user, m_kernel.clock.now()))
        tx.publishOnCommit(TokensRevoked{user, session});
}

void SignIns::endAll(db::Tx &tx, UserId user)
{
    AuthRepository::endTokens(tx, user, m_kernel.clock.now());
    tx.publishOnCommit(TokensRevoked{user, {}});
}

} // namespace guildhall
