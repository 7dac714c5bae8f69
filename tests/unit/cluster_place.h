// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/private_cluster.h"
#include "server/infrastructure/database/session.h"
#include "server/infrastructure/fault.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <functional>

namespace guildhall::test {

/// Most of what is tested has nothing to do with the disk, which takes its time.
inline constexpr auto quick = db::PrivateCluster::Durability::None;

inline constexpr db::Query createKept{"test.create_kept", "CREATE TABLE kept (n int)"};
inline constexpr db::Query insertKept{"test.insert_kept", "INSERT INTO kept VALUES (1)"};
inline constexpr db::Query countKept{"test.count_kept", "SELECT count(*) FROM kept", {}, true};

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A temporary folder for one cluster. Whatever a failed test leaves running there ends with it.
class ClusterPlace {
public:
    ClusterPlace()
        : m_folder(u"/tmp/guildhall-cluster-XXXXXX"_qs)
    {
        // The user whom a root daemon runs PostgreSQL as has to get in.
        ::chmod(QFile::encodeName(m_folder.path()).constData(), 0711);
    }
    ~ClusterPlace()
    {
        if (!QFile::exists(folder() + u"/data/postmaster.pid"_qs))
            return;
        const db::ClusterFolder left(folder());
        db::Postmaster(left.user(), left.data()).stop();
    }
    Q_DISABLE_COPY_MOVE(ClusterPlace)

    QString path(const QString &name) const { return m_folder.filePath(name); }
    /// The cluster's folder; neither it nor its parent is there at first.
    QString folder() const { return path(u"data/postgres"_qs); }
    pid_t postmaster() const
    {
        return contentOf(folder() + u"/data/postmaster.pid"_qs).split('\n').first().toInt();
    }
    /// Puts a copy of `other` there, which was initialised and stopped: initdb is the slow part.
    void copy(const ClusterPlace &other) const
    {
        QVERIFY(QDir().mkpath(path(u"data"_qs)));
        QCOMPARE(QProcess::execute(u"/bin/cp"_qs, {u"-a"_qs, other.folder(), folder()}), 0);
    }

private:
    QTemporaryDir m_folder;
};

inline QByteArray sentenceOf(const std::function<void()> &work)
{
    try {
        work();
    } catch (const Fault &fault) {
        return fault.what();
    }
    return "no fault";
}

/// Started by root, runs this test program once more as nobody: a daemon may be either.
inline void runAgainAsNobody()
{
    if (::geteuid() != 0)
        return; // it just did
    QProcess again;
    again.setProcessChannelMode(QProcess::MergedChannels);
    again.start(u"runuser"_qs,
                {u"-u"_qs, u"nobody"_qs, u"--"_qs, QCoreApplication::applicationFilePath()});
    QVERIFY(again.waitForFinished(300'000));
    const QByteArray output = again.readAll();
    QVERIFY2(again.exitStatus() == QProcess::NormalExit && again.exitCode() == 0,
             output.constData());
    QVERIFY2(output.contains(" 0 failed, 0 skipped"), output.constData());
}

} // namespace guildhall::test
