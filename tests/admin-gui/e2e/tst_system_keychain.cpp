// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/system_keychain.h"
#include "tests/admin-gui/e2e/desktop.h"

#include <QGuiApplication>
#include <QProcess>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;
using Outcome = KeychainReply::Outcome;

/// The desktop's own keychain: gnome-keyring in a D-Bus session of this test.
class TestSystemKeychain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_written_can_be_read_and_removed();
    void what_was_never_written_is_not_found();
    void keys_are_kept_apart();
    void without_a_bus_it_says_that_there_is_none();

private:
    static KeychainReply wait(const QFuture<KeychainReply> &future)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20000))
            return {Outcome::Failed, {}, u"no answer"_qs};
        return future.result();
    }
};

void TestSystemKeychain::what_is_written_can_be_read_and_removed()
{
    SystemKeychain keychain;
    const QString key = u"ann@https://chat.example"_qs;
    const KeychainReply written = wait(keychain.write(key, Secret<QString>(u"täglich"_qs)));
    QVERIFY2(written.outcome == Outcome::Done, qPrintable(written.problem));
    const KeychainReply read = wait(keychain.read(key));
    QCOMPARE(read.outcome, Outcome::Done);
    QCOMPARE(read.value.reveal(), u"täglich"_qs);
    QCOMPARE(wait(keychain.remove(key)).outcome, Outcome::Done);
    QCOMPARE(wait(keychain.read(key)).outcome, Outcome::NotFound);
}

void TestSystemKeychain::what_was_never_written_is_not_found()
{
    SystemKeychain keychain;
    QCOMPARE(wait(keychain.read(u"nobody"_qs)).outcome, Outcome::NotFound);
}

void TestSystemKeychain::keys_are_kept_apart()
{
    SystemKeychain keychain;
    wait(keychain.write(u"a"_qs, Secret<QString>(u"1"_qs)));
    wait(keychain.write(u"b"_qs, Secret<QString>(u"2"_qs)));
    wait(keychain.write(u"a"_qs, Secret<QString>(u"3"_qs)));
    QCOMPARE(wait(keychain.read(u"a"_qs)).value.reveal(), u"3"_qs);
    QCOMPARE(wait(keychain.read(u"b"_qs)).value.reveal(), u"2"_qs);
}

void TestSystemKeychain::without_a_bus_it_says_that_there_is_none()
{
    const char *inner = "GUILDHALL_TEST_WITHOUT_BUS";
    if (qEnvironmentVariableIsSet(inner)) {
        SystemKeychain keychain;
        const KeychainReply reply = wait(keychain.write(u"a"_qs, Secret<QString>(u"1"_qs)));
        QCOMPARE(reply.outcome, Outcome::Unavailable);
        QVERIFY(!reply.problem.isEmpty());
        QVERIFY2(!reply.problem.contains(u"bus"_qs, Qt::CaseInsensitive)
                     && !reply.problem.contains(u"org."_qs),
                 qPrintable(reply.problem));
        return;
    }
    // The library finds its bus once per process, so the absence of one needs another process.
    QProcess other;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_qs, u"unix:path=/nonexistent"_qs);
    environment.insert(QString::fromLatin1(inner), u"1"_qs);
    other.setProcessEnvironment(environment);
    other.setProcessChannelMode(QProcess::MergedChannels);
    other.start(QCoreApplication::applicationFilePath(),
                {QString::fromLatin1(QTest::currentTestFunction())});
    QVERIFY(QTest::qWaitFor([&other] { return other.state() == QProcess::NotRunning; }, 60000));
    QVERIFY2(other.exitCode() == 0, other.readAll().constData());
}

int main(int argc, char *argv[])
{
    if (!isInDesktop())
        return runInDesktop(argc, argv);
    QGuiApplication application(argc, argv);
    TestSystemKeychain test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_system_keychain.moc"
