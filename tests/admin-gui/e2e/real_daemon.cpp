// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/admin-gui/e2e/real_daemon.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTest>

namespace guildhall::console {

namespace {
// initdb and the first migration, on a machine that has other things to do.
constexpr int startPatienceMs = 120000;
constexpr int stopPatienceMs = 30000;
} // namespace

RealDaemon::RealDaemon()
{
    m_folder.setAutoRemove(false); // the keeper does, when PostgreSQL has let go of it
    // Started by root the daemon runs PostgreSQL as another user, who has to get to its data.
    QFile::setPermissions(m_folder.path(),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup
                              | QFile::ExeOther);
    QTcpServer probe;
    if (probe.listen(QHostAddress::LocalHost))
        m_port = probe.serverPort();
    m_keeper.start(
        QStringLiteral("/bin/sh"),
        {QStringLiteral(GUILDHALL_SOURCE_DIR "/tests/e2e/support/keeper.sh"), m_folder.path()});
    m_keeper.waitForStarted();
}

RealDaemon::~RealDaemon()
{
    stop();
    m_keeper.closeWriteChannel();
    m_keeper.waitForFinished(stopPatienceMs);
}

QUrl RealDaemon::url() const
{
    QUrl url(QStringLiteral("http://127.0.0.1"));
    url.setPort(m_port);
    return url;
}

bool RealDaemon::start()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(u"GUILDHALL_"))
            environment.remove(name); // the daemon refuses names it does not know
    }
    environment.insert(QStringLiteral("DATA_DIR"), m_folder.filePath(QStringLiteral("data")));
    environment.insert(QStringLiteral("PORT"), QString::number(m_port));
    environment.insert(QStringLiteral("METRICS_LISTEN"), QStringLiteral("127.0.0.1:0"));
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process.start(qEnvironmentVariable("GUILDHALL_DAEMON"), {QStringLiteral("run")});
    if (!m_process.waitForStarted())
        return false;
    m_keeper.write(QByteArray::number(m_process.processId()) + '\n');
    return QTest::qWaitFor(
               [this] { return m_process.state() == QProcess::NotRunning || isHealthy(); },
               startPatienceMs)
        && m_process.state() == QProcess::Running;
}

void RealDaemon::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    // With the event loop: the console under test has a connection to lose.
    const auto ended = [this] {
        return m_process.state() == QProcess::NotRunning;
    };
    if (!QTest::qWaitFor(ended, stopPatienceMs))
        QTest::qFail("the daemon does not stop", __FILE__, __LINE__);
    m_keeper.write("\n");
}

bool RealDaemon::isHealthy() const
{
    QNetworkAccessManager manager;
    QUrl health = url();
    health.setPath(QStringLiteral("/health"));
    QNetworkReply *reply = manager.get(QNetworkRequest(health));
    return QTest::qWaitFor([reply] { return reply->isFinished(); })
        && reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200;
}

QByteArray RealDaemon::log() const
{
    QFile file(m_folder.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace guildhall::console
