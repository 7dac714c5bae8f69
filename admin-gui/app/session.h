// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/api_client.h"
#include "admin-gui/api/live_feed.h"
#include "admin-gui/app/keychain.h"
#include "admin-gui/app/settings.h"
#include "admin-gui/models/directory.h"
#include "shared/dto/auth.h"

#include <QObject>

#include <memory>

namespace guildhall::console {

/// Who is signed in, and where. Owns the client, the live connection and what is known of the
/// guilds; the token is in memory here and otherwise only in the keychain.
/// @thread GUI
class Session : public QObject {
    Q_OBJECT

public:
    enum class State {
        SignedOut,
        Busy, ///< signing in, or coming back with a token from the keychain
        SignedIn,
    };

    Session(Transport &transport, std::unique_ptr<SocketTransport> socket, Keychain &keychain,
            Settings &settings, BackOff backOff = BackOff(), QObject *parent = nullptr);

    State state() const { return m_state; }
    const QUrl &server() const { return m_api.server(); }
    const UserSelf &self() const { return m_directory.selfUser(); }
    ApiClient &api() { return m_api; }
    LiveFeed &feed() { return m_feed; }
    Directory &directory() { return m_directory; }

    /// @param remember keeps the token in the keychain
    void signIn(const QUrl &server, const QString &account, const QString &password, bool remember);
    /// Comes back with the token that the keychain has of an earlier time.
    void restore(const ServerProfile &profile);
    /// Removes a saved server, and its token from the keychain.
    void forgetServer(const ServerProfile &profile);
    /// Tells the server to forget the token, and forgets it itself.
    void signOut();
    /// Gives up signing in.
    void cancel();

Q_SIGNALS:
    void stateChanged(guildhall::console::Session::State state);
    /// Signing in did not work.
    void failed(const guildhall::console::CallError &error);
    /// Coming back did not work this time, but what the keychain has may still be good.
    void notRestored(const guildhall::console::CallError &error);
    /// Coming back cannot work: the person has to sign in with a password.
    void passwordNeeded(const QString &why);
    /// There is no keychain, or it would not take the token: it is kept for this session only.
    void keptForSessionOnly(guildhall::console::KeychainReply::Outcome why);
    /// The keychain did not remove a token.
    void notForgotten(const QString &why);

private:
    void onRead(const KeychainReply &reply);
    void onRestored(const QString &token, const CallResult<UserSelf> &self);
    void onNotRestored(const CallError &error);
    void onSignedIn(const QString &token, const UserSelf &self);
    void connectFeed(const QString &token);
    void keep(const QString &token);
    void dropToken(const ServerProfile &profile);
    void dropProfileToken();
    void onTokenRefused();
    void forget(const QString &why);
    void setState(State state);

    Keychain &m_keychain;
    Settings &m_settings;
    ApiClient m_api;
    LiveFeed m_feed;
    Directory m_directory;
    State m_state = State::SignedOut;
    ServerProfile m_profile;
    int m_attempt = 0; ///< answers of attempts that were given up are ignored
};

} // namespace guildhall::console
