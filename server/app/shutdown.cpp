// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/shutdown.h"

#include "server/infrastructure/logging/categories.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

namespace guildhall {

namespace {

int openDescriptor()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    // Blocked in this thread and in those that it starts: they arrive on the descriptor only.
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

} // namespace

ShutdownSignals::ShutdownSignals(QObject *parent)
    : QObject(parent)
    , m_descriptor(openDescriptor())
    , m_hasTerminal(::isatty(STDIN_FILENO) == 1)
    , m_notifier(m_descriptor, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &ShutdownSignals::readSignal);
}

ShutdownSignals::~ShutdownSignals()
{
    m_notifier.setEnabled(false);
    ::close(m_descriptor);
}

void ShutdownSignals::readSignal()
{
    signalfd_siginfo info;
    while (::read(m_descriptor, &info, sizeof info) == ssize_t(sizeof info)) {
        if (info.ssi_signo != SIGHUP || m_hasTerminal) {
            qCInfo(lcApp).noquote() << "stopping:" << ::strsignal(int(info.ssi_signo));
            Q_EMIT requested();
        } else {
            qCInfo(lcApp) << "SIGHUP: settings are read at the start only; restart to change one";
        }
    }
}

} // namespace guildhall
