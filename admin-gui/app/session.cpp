// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/session.h"

#include "admin-gui/api/on_answer.h"
#include "shared/api/auth_api.h"
#include "shared/api/gateway_api.h"
#include "shared/api/user_api.h"

#include <utility>

namespace guildhall::console {

Session::Session(Transport &transport, std::unique_ptr<SocketTransport> socket, Keychain &keychain,
                 Settings &settings, BackOff backOff, QObject *parent)
    : QObject(parent)
    , m_keychain(keychain)
    , m_settings(settings)
    , m_api(transport)
    , m_feed(std::move(socket), backOff)
    , m_directory(m_feed)
{
    connect(&m_api, &ApiClient::signedOut, this, &Session::onTokenRefused);
    connect(&m_feed.link(), &GatewayLink::statusChanged, this, [this](const LinkStatus &status) {
        if (status.phase == LinkStatus::Phase::Refused && status.signInAgain)
            onTokenRefused();
    });
}

void Session::signIn(const QUrl &server, const QString &account, const QString &password,
                     bool remember)
{
    const int attempt = ++m_attempt;
    m_profile = {server, account, remember};
    m_api.setServer(server);
    m_api.setToken({});
    setState(State::Busy);
    Login login;
    login.login = account;
    login.password = password;
    onAnswer(m_api.call(api::login, {}, login), this,
             [this, attempt](const CallResult<SignedIn> &answer) {
                 if (attempt != m_attempt)
                     return;
                 if (!answer) {
                     setState(State::SignedOut);
                     Q_EMIT failed(answer.error());
                     return;
                 }
                 if (m_profile.remembered)
                     keep(answer->token);
                 onSignedIn(answer->token, answer->user);
             });
}

void Session::restore(const ServerProfile &profile)
{
    const int attempt = ++m_attempt;
    m_profile = profile;
    m_api.setServer(profile.server);
    setState(State::Busy);
    onAnswer(m_keychain.read(keychainKey()), this, [this, attempt](const KeychainReply &reply) {
        if (attempt != m_attempt)
            return;
        if (reply.outcome != KeychainReply::Outcome::Done || reply.value.reveal().isEmpty())
            return forget(reply.outcome == KeychainReply::Outcome::NotFound ? QString()
                                                                            : reply.problem);
        m_api.setToken(reply.value);
        const QString token = reply.value.reveal();
        onAnswer(m_api.call(api::getSelf), this,
                 [this, attempt, token](const CallResult<UserSelf> &self) {
                     if (attempt != m_attempt)
                         return;
                     if (self)
                         return onSignedIn(token, *self);
                     if (!self.error().isSignedOut()) // else onTokenRefused() deals with it
                         forget(self.error().message);
                 });
    });
}

void Session::onSignedIn(const QString &token, const UserSelf &self)
{
    m_api.setToken(Secret<QString>(token));
    m_directory.setSelf(self);
    m_settings.putServer(m_profile);
    setState(State::SignedIn);
    connectFeed(token);
}

void Session::connectFeed(const QString &token)
{
    const int attempt = m_attempt;
    onAnswer(m_api.call(api::getGateway), this,
             [this, attempt, token](const CallResult<GatewayInfo> &gateway) {
                 if (attempt != m_attempt)
                     return;
                 if (gateway)
                     return m_feed.link().start(QUrl(gateway->url), Secret<QString>(token));
                 // The server is there, or was a moment ago: its own port serves the gateway too.
                 QUrl fallback = m_api.server();
                 const bool secure = fallback.scheme() == u"https";
                 fallback.setScheme(secure ? QStringLiteral("wss") : QStringLiteral("ws"));
                 m_feed.link().start(fallback, Secret<QString>(token));
             });
}

void Session::keep(const QString &token)
{
    onAnswer(m_keychain.write(keychainKey(), Secret<QString>(token)), this,
             [this](const KeychainReply &reply) {
                 if (reply.outcome == KeychainReply::Outcome::Done)
                     return;
                 m_profile.remembered = false;
                 m_settings.putServer(m_profile);
                 Q_EMIT keptForSessionOnly(reply.problem);
             });
}

void Session::signOut()
{
    if (m_state == State::SignedIn)
        m_api.call(
            api::logout); // the answer changes nothing here; a lost one lets the token expire
    m_keychain.remove(keychainKey());
    m_profile.remembered = false;
    m_settings.putServer(m_profile);
    forget({});
}

void Session::cancel()
{
    if (m_state == State::Busy)
        forget({});
}

void Session::onTokenRefused()
{
    if (m_state == State::SignedOut)
        return;
    m_keychain.remove(keychainKey());
    forget(tr("The sign-in has ended. Please sign in again."));
}

void Session::forget(const QString &why)
{
    ++m_attempt;
    const bool wasThere = m_state != State::SignedOut;
    m_api.setToken({});
    m_feed.link().stop();
    m_directory.clear();
    setState(State::SignedOut);
    if (wasThere && !why.isEmpty())
        Q_EMIT passwordNeeded(why);
}

void Session::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged(state);
}

QString Session::keychainKey() const
{
    return m_profile.account.toLower() + u'@' + m_profile.server.toString();
}

} // namespace guildhall::console
