// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/cluster/child_process.h"

#include "server/infrastructure/fault.h"

#include <QFile>
#include <QProcess>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <vector>

namespace guildhall::db {

namespace {

constexpr int execFailed = 127; // what shells say, too

/// In the child, between fork and exec: only what is safe there, so nothing that allocates.
[[noreturn]] void becomeServer(const ProcessUser &user, char *const *arguments, const char *logFile)
{
    ::setsid(); // a ^C for the daemon is not one for PostgreSQL
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    ::umask(S_IRWXG | S_IRWXO);
    const int input = ::open("/dev/null", O_RDONLY);
    if (!user.becomeIt() || input < 0)
        ::_exit(execFailed);
    const int log = ::open(logFile, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (log < 0)
        ::_exit(execFailed);
    ::dup2(input, STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    ::execv(arguments[0], arguments);
    ::_exit(execFailed);
}

} // namespace

ProcessOutcome runAs(const ProcessUser &user, const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setWorkingDirectory(u"/"_qs); // ours may be closed to the other user
    process.setChildProcessModifier([&user] {
        // After the change of user, which would undo it. What an initdb of a killed daemon still
        // writes would meet the next daemon's.
        if (!user.becomeIt() || ::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
            ::_exit(execFailed);
    });
    process.start(program, arguments, QIODevice::ReadOnly);
    if (!process.waitForStarted() || !process.waitForFinished(-1))
        return {false, process.errorString()};
    return {process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
            QString::fromLocal8Bit(process.readAll()).trimmed()};
}

pid_t startServer(const ProcessUser &user, const QString &program, const QStringList &arguments,
                  const QString &logFile)
{
    std::vector<QByteArray> words;
    words.reserve(size_t(arguments.size()) + 1);
    words.push_back(QFile::encodeName(program));
    for (const QString &argument : arguments)
        words.push_back(QFile::encodeName(argument));
    std::vector<char *> pointers;
    pointers.reserve(words.size() + 1);
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const QByteArray log = QFile::encodeName(logFile);

    const pid_t pid = ::fork();
    if (pid < 0)
        throw Fault("there is no process to be had for PostgreSQL");
    if (pid == 0)
        becomeServer(user, pointers.data(), log.constData());
    return pid;
}

} // namespace guildhall::db
