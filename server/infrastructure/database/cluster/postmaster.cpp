// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/cluster/postmaster.h"

#include "server/infrastructure/database/cluster/child_process.h"
#include "server/infrastructure/fault.h"
#include "server/infrastructure/logging/categories.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <thread>

namespace guildhall::db {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto pollInterval = 10ms;

/// Nothing if there is no such file.
/// @throws Fault when it cannot be read, as without free descriptors: a living server must not be
/// taken for a dead one for that
QByteArray contentOf(const QString &path)
{
    // QFile does not tell a missing file from others, and asking again is asking at another moment.
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT || errno == ENOTDIR || errno == ESRCH)
            return {};
        throw Fault(u"%1 cannot be read: %2"_qs.arg(path, qt_error_string(errno)));
    }
    QFile file;
    file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle);
    return file.readAll();
}

} // namespace

Postmaster::Postmaster(ProcessUser user, QString dataFolder)
    : m_user(std::move(user))
    , m_dataFolder(std::move(dataFolder))
{ }

/// Its lines: pid, data folder, start time, port, socket folder, TCP address, shared memory,
/// status.
std::optional<Postmaster::Status> Postmaster::readFile() const
{
    const QList<QByteArray> lines = contentOf(pidFile()).split('\n');
    bool isNumber = false;
    const pid_t pid = lines.value(0).trimmed().toInt(&isNumber);
    if (!isNumber || pid <= 1)
        return std::nullopt;
    const QByteArray state = lines.value(7).trimmed();
    return Status{pid, QFile::decodeName(lines.value(4)), state == "ready", state == "stopping"};
}

std::optional<Postmaster::Status> Postmaster::status() const
{
    auto status = readFile();
    if (status && !isOurs(status->pid))
        return std::nullopt;
    return status;
}

bool Postmaster::isOurs(pid_t pid) const
{
    const QString proc = u"/proc/%1"_qs.arg(pid);
    return contentOf(proc + u"/comm"_qs).trimmed() == "postgres"
        && QFileInfo(proc).ownerId() == m_user.uid && workingFolder(pid) == m_dataFolder;
}

QString Postmaster::workingFolder(pid_t pid) const
{
    const QString link = u"/proc/%1/cwd"_qs.arg(pid);
    std::array<char, 4096> target;
    const ssize_t length
        = ::readlink(QFile::encodeName(link).constData(), target.data(), target.size());
    if (length >= 0)
        return QFile::decodeName(QByteArray(target.data(), length));
    // A root without CAP_SYS_PTRACE, as in most containers, may not look; the user itself may.
    if (errno == EACCES && m_user.isOther) {
        const auto answer = runAs(m_user, u"/usr/bin/readlink"_qs, {link});
        if (!answer.succeeded && QFile::exists(u"/proc/%1"_qs.arg(pid)))
            throw Fault(u"the working folder of process %1 cannot be read: %2"_qs.arg(pid).arg(
                answer.output));
        return answer.output;
    }
    return {};
}

std::vector<pid_t> Postmaster::processes() const
{
    std::vector<pid_t> found;
    for (const QString &name : QDir(u"/proc"_qs).entryList(QDir::Dirs)) {
        bool isNumber = false;
        const pid_t pid = name.toInt(&isNumber);
        if (isNumber && isOurs(pid))
            found.push_back(pid);
    }
    return found;
}

bool Postmaster::awaitEnd(std::chrono::milliseconds patience) const
{
    for (const auto deadline = Clock::now() + patience; Clock::now() < deadline;
         std::this_thread::sleep_for(pollInterval)) {
        if (!status())
            return true;
    }
    return false;
}

void Postmaster::stop() const
{
    const auto running = status();
    if (!running)
        return;
    ::kill(running->pid, SIGINT); // "fast": ends sessions, writes a checkpoint
    if (awaitEnd(20s))
        return;
    qCWarning(lcDb) << "PostgreSQL takes too long to stop; it will recover at the next start";
    ::kill(running->pid, SIGQUIT);
    if (!awaitEnd(5s))
        ::kill(running->pid, SIGKILL);
}

void Postmaster::clearRemains(const QString &socketFolder) const
{
    // Backends notice the loss of their postmaster only between two statements. Ending them is what
    // the postmaster would have done: a crash recovery follows in any case.
    const auto started = Clock::now();
    for (auto left = processes(); !left.empty(); left = processes()) {
        if (Clock::now() - started > 10s)
            throw Fault("server processes of a dead PostgreSQL cannot be ended");
        const int signal = Clock::now() - started < 500ms ? SIGQUIT : SIGKILL;
        for (const pid_t pid : left)
            ::kill(pid, signal);
        std::this_thread::sleep_for(pollInterval);
    }
    // PostgreSQL itself takes these files for a living server's when the number in them was given
    // to another process of this user, which is the rule after the restart of a container, or when
    // the dead one was never reaped. Both folders are ours alone.
    QFile::remove(pidFile());
    QFile::remove(socketFolder + u"/.s.PGSQL.5432.lock"_qs);
}

} // namespace guildhall::db
