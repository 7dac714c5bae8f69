// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/cluster/cluster_folder.h"

#include "server/infrastructure/database/cluster/child_process.h"
#include "server/infrastructure/fault.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace guildhall::db {

using namespace Qt::StringLiterals;

namespace {

/// sockaddr_un holds 108 bytes, the last of which is a NUL.
constexpr qsizetype longestSocketPath = 107;
constexpr qint64 largestLog = 8 * 1024 * 1024;

const QString markerName = u"GUILDHALL"_qs;

[[noreturn]] void fail(const QString &what)
{
    throw Fault(what + u": "_qs + QString::fromLocal8Bit(std::strerror(errno)));
}

void makeFolder(const QString &path, mode_t mode)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), mode) != 0 && errno != EEXIST)
        fail(u"cannot make "_qs + path);
}

void writeDurably(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
        || file.write(content) != content.size() || !file.flush() || ::fsync(file.handle()) != 0)
        fail(u"cannot write "_qs + path);
}

/// Writes what is not on disk yet, of the folder's whole file system: initdb would do it file by
/// file, a thousand times, which takes many seconds on a busy disk.
void syncFileSystem(const QString &path)
{
    const int folder
        = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && ::syncfs(folder) == 0;
    if (folder >= 0)
        ::close(folder);
    if (!synced)
        fail(u"cannot write to disk: "_qs + path);
}

QString canonical(const QString &path)
{
    // Of the parent: the folder itself may not be there yet. PostgreSQL's working folder is
    // compared with it, and that has no symbolic links.
    const QFileInfo info(path);
    if (!QDir().mkpath(info.absolutePath()))
        fail(u"cannot make "_qs + info.absolutePath());
    return QFileInfo(info.absolutePath()).canonicalFilePath() + u'/' + info.fileName();
}

} // namespace

ClusterFolder::ClusterFolder(const QString &path)
    : m_path(canonical(path))
    , m_user(ProcessUser::forCluster(data()))
{
    claim();
    requireReachable();
    makeOwnedFolder(m_path + u"/log"_qs);
}

void ClusterFolder::claim() const
{
    const QString marker = m_path + u'/' + markerName;
    if (QFileInfo(m_path).isSymLink())
        throw Fault(m_path
                    + u" is a symbolic link; the private PostgreSQL wants a folder of its own"_qs);
    makeFolder(m_path, S_IRWXU | S_IXGRP | S_IXOTH);
    if (QFile::exists(marker))
        return;
    const bool isEmpty = QDir(m_path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System
                                              | QDir::NoDotAndDotDot);
    // Looked for once more: another process of ours may have begun in this moment, with the marker.
    if (!isEmpty && QFile::exists(marker))
        return;
    if (!isEmpty)
        throw Fault(m_path
                    + u" is not empty and was not made by guildhalld; it is left alone: choose"
                      " another DATA_DIR, or set DB_HOST"_qs);
    writeDurably(marker,
                 "A private PostgreSQL, made, started and stopped by guildhalld.\n"
                 "Back it up with its own tools; do not copy these files while it runs.\n");
}

void ClusterFolder::requireReachable() const
{
    if (m_user.isOther && !runAs(m_user, u"/usr/bin/test"_qs, {u"-x"_qs, m_path}).succeeded)
        throw Fault(u"the user %1, whom PostgreSQL runs as, cannot reach %2: open the folders above"
                    " it, or choose another DATA_DIR, such as /var/lib/guildhall"_qs.arg(
                        m_user.name, m_path));
}

void ClusterFolder::makeOwnedFolder(const QString &path) const
{
    makeFolder(path, S_IRWXU);
    m_user.own(path);
}

PgBinaries ClusterFolder::binaries() const
{
    QFile version(data() + u"/PG_VERSION"_qs);
    if (!version.exists())
        return PgBinaries::find();
    bool isNumber = false;
    if (!version.open(QIODevice::ReadOnly))
        fail(u"cannot read "_qs + version.fileName());
    const int major = version.readAll().trimmed().toInt(&isNumber);
    if (!isNumber)
        throw Fault(version.fileName() + u" does not hold a version"_qs);
    return PgBinaries::find(major);
}

void ClusterFolder::initialise(bool durable) const
{
    if (QFile::exists(data() + u"/PG_VERSION"_qs))
        return;
    if (QFile::exists(data()))
        throw Fault(data() + u" is there but holds no PostgreSQL cluster"_qs);
    const QString unfinished = m_path + u"/data.new"_qs;
    if (QFile::exists(unfinished)) {
        // As its owner, who may have put links there: root must not follow them.
        runAs(m_user, u"/bin/rm"_qs, {u"-rf"_qs, u"--"_qs, unfinished});
        ::rmdir(QFile::encodeName(unfinished).constData());
    }
    makeOwnedFolder(unfinished);
    runInitdb(unfinished);
    if (durable)
        syncFileSystem(unfinished); // before the name says that it is complete
    if (::rename(QFile::encodeName(unfinished).constData(), QFile::encodeName(data()).constData())
        != 0)
        fail(u"cannot rename "_qs + unfinished);
    if (durable)
        syncFileSystem(m_path);
}

void ClusterFolder::runInitdb(const QString &into) const
{
    const QString words = u"-U guildhall -E UTF8 --locale=C.UTF-8 --auth-local=trust"
                          " --auth-host=reject --data-checksums --no-sync"_qs;
    const auto made = runAs(m_user, PgBinaries::find().program("initdb"_L1),
                            QStringList{u"-D"_qs, into} + words.split(u' '));
    if (!made.succeeded)
        throw Fault(u"initdb failed in %1: %2"_qs.arg(m_path, made.output));
}

QString ClusterFolder::socketFolder() const
{
    QString folder = m_path + u"/socket"_qs;
    const QByteArray socket = QFile::encodeName(folder + u"/.s.PGSQL.5432"_qs);
    // PostgreSQL reads a list of quoted names.
    if (socket.size() > longestSocketPath || socket.contains('"'))
        folder = runtimeFolder();
    makeOwnedFolder(folder);
    struct stat status { };
    if (::lstat(QFile::encodeName(folder).constData(), &status) != 0 || !S_ISDIR(status.st_mode)
        || status.st_uid != m_user.uid || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        throw Fault(folder + u" is not a folder of PostgreSQL's user alone"_qs);
    return folder;
}

/// Named by a hash of the path, so that every start finds the same one.
QString ClusterFolder::runtimeFolder() const
{
    const QByteArray hash
        = QCryptographicHash::hash(m_path.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const QString session = qEnvironmentVariable("XDG_RUNTIME_DIR");
    QString base = u"/tmp"_qs;
    if (::geteuid() == 0)
        base = u"/run"_qs;
    else if (QFileInfo(session).isWritable() && session.size() < 64)
        base = session;
    return u"%1/guildhall-%2-%3"_qs.arg(base).arg(m_user.uid).arg(QString::fromLatin1(hash));
}

void ClusterFolder::rotateLog() const
{
    if (QFileInfo(logFile()).size() < largestLog)
        return;
    // rename(2) replaces the old one; both names are in a folder of the server's user.
    ::rename(QFile::encodeName(logFile()).constData(),
             QFile::encodeName(logFile() + u".1"_qs).constData());
}

QString ClusterFolder::lastLogLines() const
{
    constexpr qint64 tail = 600;
    QFile log(logFile());
    if (!log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max<qint64>(0, log.size() - tail));
    return QString::fromLocal8Bit(log.readAll()).simplified();
}

} // namespace guildhall::db
