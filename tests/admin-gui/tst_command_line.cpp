// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QTest>

/// What the program answers where there is no display.
class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void it_answers_without_a_display_data();
    void it_answers_without_a_display();
};

void TestCommandLine::it_answers_without_a_display_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("answer");
    QTest::newRow("version") << u"--version"_qs
                             << QStringLiteral("guildhall-admin " GUILDHALL_VERSION);
    QTest::newRow("v") << u"-v"_qs << u"guildhall-admin "_qs;
    QTest::newRow("help") << u"--help"_qs << u"--version"_qs;
    QTest::newRow("h") << u"-h"_qs << u"Guildhall server"_qs;
}

void TestCommandLine::it_answers_without_a_display()
{
    QFETCH(QString, option);
    QFETCH(QString, answer);
    QProcess console;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"DISPLAY"_qs, u"WAYLAND_DISPLAY"_qs})
        environment.remove(name);
    environment.insert(u"QT_QPA_PLATFORM"_qs, u"xcb"_qs); // as on a desktop, but there is none
    console.setProcessEnvironment(environment);
    console.start(qEnvironmentVariable("GUILDHALL_CONSOLE"), {option});
    QVERIFY(console.waitForFinished(30000));
    QCOMPARE(console.exitStatus(), QProcess::NormalExit);
    QCOMPARE(console.exitCode(), 0);
    const QString said = QString::fromUtf8(console.readAllStandardOutput());
    QVERIFY2(said.contains(answer), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
