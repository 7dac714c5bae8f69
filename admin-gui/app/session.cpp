// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/session.h"

#include "admin-gui/api/on_answer.h"
#include "shared/api/auth_api.h"
#include "shared/api/gateway_api.h"
#include "shared/api/user_api.h"

#include <algorithm>
#include <utility>

namespace guildhall::console {

namespace {

/// Under which the keychain has an account's token.
QString keyOf(const ServerProfile &profile)
{
    return profile.account.toLower() + u'@' + profile.server.toString();
}

} // namespace

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
                 else
                     dropToken(m_profile); // one of an earlier time must not outlive the wish
                 onSignedIn(answer->token, answer->user);
             });
}

void Session::restore(const ServerProfile &profile)
{
    const int attempt = ++m_attempt;
    m_profile = profile;
    m_api.setServer(profile.server);
    setState(State::Busy);
    onAnswer(m_keychain.read(keyOf(profile)), this, [this, attempt](const KeychainReply &reply) {
        if (attempt == m_attempt)
            onRead(reply);
    });
}

void Session::onRead(const KeychainReply &reply)
{
    using Outcome = KeychainReply::Outcome;
    const bool found = reply.outcome == Outcome::Done && !reply.value.reveal().isEmpty();
    if (!found && (reply.outcome == Outcome::Done || reply.outcome == Outcome::NotFound)) {
        m_profile.remembered = false;
        m_settings.putServer(m_profile);
        return forget(tr("The keychain does not have the sign-in any more. Please sign in again."));
    }
    if (!found) {
        CallError error; // a keychain that is locked may be open at the next try
        error.answered = false;
        error.message = reply.problem;
        return onNotRestored(error);
    }
    m_api.setToken(reply.value);
    const QString token = reply.value.reveal();
    onAnswer(m_api.call(api::getSelf), this,
             [this, attempt = m_attempt, token](const CallResult<UserSelf> &self) {
                 if (attempt == m_attempt)
                     onRestored(token, self);
             });
}

void Session::onRestored(const QString &token, const CallResult<UserSelf> &self)
{
    if (self)
        onSignedIn(token, *self);
    else if (!self.error().isSignedOut()) // else onTokenRefused() deals with it
        onNotRestored(self.error());
}

void Session::onNotRestored(const CallError &error)
{
    forget({});
    Q_EMIT notRestored(error);
}

void Session::forgetServer(const ServerProfile &profile)
{
    dropToken(profile);
    m_settings.removeServer(profile);
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
    onAnswer(m_keychain.write(keyOf(m_profile), Secret<QString>(token)), this,
             [this, profile = m_profile](const KeychainReply &reply) mutable {
                 if (reply.outcome == KeychainReply::Outcome::Done)
                     return;
                 profile.remembered = false;
                 m_settings.putServer(profile);
                 Q_EMIT keptForSessionOnly(reply.outcome);
             });
}

void Session::dropToken(const ServerProfile &profile)
{
    const auto saved = m_settings.servers();
    const bool kept = std::any_of(saved.begin(), saved.end(), [&](const ServerProfile &other) {
        return other.isSameAs(profile) && other.remembered;
    });
    onAnswer(m_keychain.remove(keyOf(profile)), this, [this, kept](const KeychainReply &reply) {
        using Outcome = KeychainReply::Outcome;
        const bool gone = reply.outcome == Outcome::Done || reply.outcome == Outcome::NotFound;
        if (kept && !gone)
            Q_EMIT notForgotten(reply.problem);
    });
}

/// Of the account that is, or was just now, signed in.
void Session::dropProfileToken()
{
    dropToken(m_profile);
    m_profile.remembered = false;
    m_settings.putServer(m_profile);
}

void Session::signOut()
{
    if (m_state == State::SignedIn)
        m_api.call(
            api::logout); // the answer changes nothing here; a lost one lets the token expire
    dropProfileToken();
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
    dropProfileToken();
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

} // namespace guildhall::console
