// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace guildhall::console {

/// The real guildhalld with data of its own. It keeps its port over a restart, as a server does.
class RealDaemon {
public:
    RealDaemon();
    ~RealDaemon();

    /// Starts it and waits until it answers. @return false when it does not; see log()
    bool start();
    /// As an administrator would: SIGTERM, and wait.
    void stop();

    QUrl url() const;
    QByteArray log() const;

private:
    bool isHealthy() const;

    QTemporaryDir m_folder;
    QProcess m_keeper; ///< ends what is left when this process is killed
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace guildhall::console
