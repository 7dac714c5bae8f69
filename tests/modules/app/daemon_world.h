// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/daemon.h"
#include "tests/support/gateway_client.h"
#include "tests/support/pg_cluster.h"
#include "tests/support/pg_proxy.h"

#include <QJsonObject>

namespace guildhall::test {

/// What a REST call was answered; status 0: nothing.
struct RestAnswer {
    int status = 0;
    QByteArray body;

    QJsonObject object() const;
};

/// A whole daemon in this process, with ports of its own, whose PostgreSQL can be made to
/// misbehave.
class DaemonWorld {
public:
    DaemonWorld();
    ~DaemonWorld();

    /// Past the proxy.
    db::Session &database() { return m_session; }
    PgProxy &proxy() { return m_proxy; }
    /// What the constructor leaves out, so that rows can be made before.
    void start();
    /// In order, as on SIGTERM; the daemon is gone then.
    void stop() { m_daemon.reset(); }

    /// The public one.
    quint16 port() const { return m_daemon->port(); }
    /// Calls the public port; a token goes with it unless it is empty. @thread any
    RestAnswer call(const QByteArray &verb, const QByteArray &path, const QString &token = {},
                    const QByteArray &body = {}) const;
    /// The same for the port of /livez.
    RestAnswer monitor(const QByteArray &path) const;

    struct Person {
        QString id;
        QString token;
    };
    Person person(const QByteArray &name);
    std::unique_ptr<GatewayClient> gateway() const;

private:
    static RestAnswer callPort(quint16 port, const QByteArray &verb, const QByteArray &path,
                               const QString &token, const QByteArray &body);
    Config config() const;

    TestDatabase m_home;
    PgProxy m_proxy;
    db::Session m_session;
    std::unique_ptr<Daemon> m_daemon;
};

/// Ann's guild with Bob in it.
struct DaemonGuild {
    explicit DaemonGuild(DaemonWorld &world);

    DaemonWorld::Person ann;
    DaemonWorld::Person bob;
    QByteArray id;
    QByteArray messages; ///< the path of its first text channel's messages
};

} // namespace guildhall::test
