// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/connection_parameters.h"

#include <QTemporaryDir>

#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace guildhall::test {

/// Stands between a program and the PostgreSQL of the tests, and makes what a network, a crash and
/// a frozen server make: answers that are lost, statements that come late, silence.
/// @thread any
class PgProxy {
public:
    /// @param server of the same machine, on a unix socket
    explicit PgProxy(const db::ConnectionParameters &server);
    ~PgProxy();
    Q_DISABLE_COPY_MOVE(PgProxy)

    /// The same database, through the proxy.
    const db::ConnectionParameters &parameters() const { return m_parameters; }

    /// The next COMMIT is done, but its connection breaks before the answer.
    void loseNextCommit();
    /// The next COMMIT breaks its connection and is kept until letGo().
    void holdNextCommit();
    /// Hands the COMMIT that is kept to the server, whose client is long gone.
    void letGo();
    bool isHolding() const;
    /// While frozen, nothing is passed on, and nothing refused.
    void setFrozen(bool frozen);
    /// While away, connections break and new ones are refused.
    void setAway(bool away);

private:
    struct Link {
        int client = -1;
        int server = -1;
        bool loses = false; ///< breaks with the server's next word
    };
    enum class Fate { Passed, Lost, Held };

    void work();
    void accept();
    /// @return false: the link is broken
    bool forward(Link &link, bool clientSpeaks, bool serverSpeaks);
    bool passCommit(Link &link, const std::string &bytes);
    static void close(Link &link);

    db::ConnectionParameters m_parameters;
    QTemporaryDir m_folder;
    std::string m_serverSocket;
    int m_listener = -1;

    mutable std::mutex m_mutex;
    std::list<Link> m_links;
    Fate m_nextCommit = Fate::Passed;
    Link m_held;
    std::string m_heldBytes;
    bool m_frozen = false;
    bool m_away = false;
    bool m_stopping = false;

    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace guildhall::test
