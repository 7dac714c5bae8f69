// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/admin-gui/e2e/desktop.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDeadlineTimer>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>

#include <sys/prctl.h>

#include <csignal>
#include <memory>
#include <vector>

namespace guildhall::console {

namespace {

const QString mark = QStringLiteral("GUILDHALL_TEST_DESKTOP");
constexpr int patienceMs = 30000;

int fail(const QString &what)
{
    QTextStream(stderr) << "The desktop for this test: " << what << Qt::endl;
    return 1;
}

/// Programs of the desktop, ended in the reverse order of their start.
class Desktop {
public:
    Desktop()
        : m_environment(QProcessEnvironment::systemEnvironment())
    { }
    ~Desktop()
    {
        while (!m_programs.empty()) {
            m_programs.back()->terminate();
            if (!m_programs.back()->waitForFinished(5000))
                m_programs.back()->kill();
            m_programs.pop_back();
        }
    }

    bool makeHome();
    /// @param input is written to it, and its input closed
    QProcess *start(const QString &program, const QStringList &arguments,
                    const QByteArray &input = {});
    /// The first line a program says; empty when it does not start.
    static QByteArray firstLineOf(QProcess *program);
    void set(const QString &name, const QString &value) { m_environment.insert(name, value); }
    const QProcessEnvironment &environment() const { return m_environment; }

private:
    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    std::vector<std::unique_ptr<QProcess>> m_programs;
};

/// What a test leaves behind when it is killed goes with it.
void endWithParent()
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

bool Desktop::makeHome()
{
    const QDir home(m_home.path());
    for (const QString &folder : {u"run"_qs, u"config"_qs, u"data"_qs, u"cache"_qs}) {
        if (!home.mkdir(folder))
            return false;
    }
    QFile::setPermissions(home.filePath(u"run"_qs),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    set(u"HOME"_qs, home.path());
    set(u"XDG_RUNTIME_DIR"_qs, home.filePath(u"run"_qs));
    set(u"XDG_CONFIG_HOME"_qs, home.filePath(u"config"_qs));
    set(u"XDG_DATA_HOME"_qs, home.filePath(u"data"_qs));
    set(u"XDG_CACHE_HOME"_qs, home.filePath(u"cache"_qs));
    set(u"XDG_CURRENT_DESKTOP"_qs, u"GNOME"_qs); // by which QtKeychain chooses its way
    set(u"LANG"_qs, u"C.UTF-8"_qs);
    set(u"QT_QPA_PLATFORM"_qs, u"xcb"_qs);
    set(mark, u"1"_qs);
    return true;
}

QProcess *Desktop::start(const QString &program, const QStringList &arguments,
                         const QByteArray &input)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->setChildProcessModifier(endWithParent);
    process->setStandardErrorFile(QProcess::nullDevice());
    process->start(program, arguments);
    if (!process->waitForStarted(patienceMs))
        return nullptr;
    process->write(input);
    process->closeWriteChannel();
    m_programs.push_back(std::move(process));
    return m_programs.back().get();
}

QByteArray Desktop::firstLineOf(QProcess *program)
{
    while (program != nullptr && !program->canReadLine()) {
        if (!program->waitForReadyRead(patienceMs))
            return {};
    }
    return program != nullptr ? program->readLine().trimmed() : QByteArray();
}

/// The keyring says nothing when it is ready; its name on the bus does.
bool waitForSecrets(const QString &address, QProcess *keyring)
{
    const QDBusConnection bus = QDBusConnection::connectToBus(address, u"desktop"_qs);
    const QDeadlineTimer deadline(patienceMs);
    while (keyring != nullptr && !deadline.hasExpired()) {
        if (bus.interface()->isServiceRegistered(u"org.freedesktop.secrets"_qs))
            return true;
        if (keyring->waitForFinished(100))
            return false;
    }
    return false;
}

} // namespace

bool isInDesktop()
{
    return qEnvironmentVariableIsSet(mark.toLatin1().constData());
}

int runInDesktop(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    Desktop desktop;
    if (!desktop.makeHome())
        return fail(u"no folder for it"_qs);
    const QByteArray display
        = Desktop::firstLineOf(desktop.start(u"Xvfb"_qs,
                                             {u"-displayfd"_qs, u"1"_qs, u"-screen"_qs, u"0"_qs,
                                              u"1440x900x24"_qs, u"-nolisten"_qs, u"tcp"_qs}));
    if (display.isEmpty())
        return fail(u"Xvfb does not start (package xvfb)"_qs);
    desktop.set(u"DISPLAY"_qs, u':' + QString::fromLatin1(display));
    const QString bus = QString::fromLatin1(Desktop::firstLineOf(desktop.start(
        u"dbus-daemon"_qs, {u"--session"_qs, u"--nofork"_qs, u"--print-address=1"_qs})));
    if (bus.isEmpty())
        return fail(u"dbus-daemon does not start (package dbus)"_qs);
    desktop.set(u"DBUS_SESSION_BUS_ADDRESS"_qs, bus);
    QProcess *keyring = desktop.start(
        u"gnome-keyring-daemon"_qs,
        {u"--foreground"_qs, u"--unlock"_qs, u"--components=secrets"_qs}, "a keyring for a test");
    if (!waitForSecrets(bus, keyring))
        return fail(u"gnome-keyring-daemon does not start (package gnome-keyring)"_qs);
    QProcess test;
    test.setProcessEnvironment(desktop.environment());
    test.setChildProcessModifier(endWithParent);
    test.setProcessChannelMode(QProcess::ForwardedChannels);
    test.start(QCoreApplication::applicationFilePath(), QCoreApplication::arguments().mid(1));
    test.waitForFinished(-1);
    return test.exitStatus() == QProcess::NormalExit ? test.exitCode() : 1;
}

} // namespace guildhall::console
