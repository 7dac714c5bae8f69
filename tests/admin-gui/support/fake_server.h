// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/session.h"
#include "tests/admin-gui/support/fake_keychain.h"
#include "tests/admin-gui/support/fake_transport.h"
#include "tests/admin-gui/support/sample_guild.h"
#include "tests/admin-gui/support/scripted_socket.h"

#include <QTemporaryDir>

namespace guildhall::console {

/// A whole console without a network: a session over fakes, with a server that knows one guild and
/// answers what the pages ask.
class FakeServer {
public:
    FakeServer();

    /// Signs in and lets READY arrive.
    void signIn(UserId self = ann);
    void ready(UserId self, const std::vector<GatewayGuild> &guilds);

    /// What the next calls to an endpoint are answered with, by the start of their request line.
    void answerWith(const QByteArray &lineStart, int status, const QByteArray &body = {});
    /// The same for the next `times` calls only; later ones are answered as before.
    void answerNext(int times, const QByteArray &lineStart, int status,
                    const QByteArray &body = {});
    /// A guild beside the usual one, with the same people in it.
    static GatewayGuild otherGuild(GuildId id, const QString &name);

    QTemporaryDir folder;
    FakeTransport transport;
    FakeKeychain keychain;
    Settings settings;
    ScriptedSocket *socket; ///< owned by the session
    Session session;
    GatewayGuild guild = sampleGuild();

private:
    struct Rule {
        QByteArray lineStart;
        HttpReply reply;
        int left; ///< how often it still applies; -1 for ever
    };
    HttpReply reply(const HttpRequest &request);
    std::vector<Rule> m_rules;
};

} // namespace guildhall::console
