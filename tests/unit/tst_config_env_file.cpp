// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_env_file.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

class TestConfigEnvFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_line_is_read_data();
    void a_line_is_read();
    void what_is_no_setting_is_skipped_data();
    void what_is_no_setting_is_skipped();
    void a_mistake_has_its_place_data();
    void a_mistake_has_its_place();
    void places_count_from_one();
    void reading_goes_on_after_a_mistake();
    void a_byte_order_mark_is_no_part_of_the_name();
};

void TestConfigEnvFile::a_line_is_read_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("value");
    QTest::newRow("plain") << QByteArray("A=b") << u"b"_s;
    QTest::newRow("empty") << QByteArray("A=") << QString();
    QTest::newRow("blanks around") << QByteArray("  A =  b c  ") << u"b c"_s;
    QTest::newRow("tabs around") << QByteArray("\tA\t=\tb\t") << u"b"_s;
    QTest::newRow("export") << QByteArray("export A=b") << u"b"_s;
    QTest::newRow("comment behind") << QByteArray("A=b # c") << u"b"_s;
    QTest::newRow("only a comment") << QByteArray("A= # c") << QString();
    QTest::newRow("comment at once") << QByteArray("A=#c") << QString();
    QTest::newRow("hash inside") << QByteArray("A=b#c") << u"b#c"_s;
    QTest::newRow("equals inside") << QByteArray("A=b=c==") << u"b=c=="_s;
    QTest::newRow("single quotes") << QByteArray("A=' b \\n$x # '") << u" b \\n$x # "_s;
    QTest::newRow("double quotes") << QByteArray("A=\" b # \"") << u" b # "_s;
    QTest::newRow("escapes") << QByteArray(R"(A="a\nb\tc\rd\"e\\f\$g")") << u"a\nb\tc\rd\"e\\f$g"_s;
    QTest::newRow("no escape") << QByteArray(R"(A="C:\Users")") << u"C:\\Users"_s;
    QTest::newRow("quoted and a comment") << QByteArray("A='b' # c") << u"b"_s;
    QTest::newRow("empty quotes") << QByteArray("A=''") << QString();
    QTest::newRow("quote inside") << QByteArray("A=it's") << u"it's"_s;
    QTest::newRow("other quote inside") << QByteArray("A=\"it's\"") << u"it's"_s;
    QTest::newRow("carriage return") << QByteArray("A=b\r") << u"b"_s;
    QTest::newRow("UTF-8") << QByteArray("A=grüße") << u"grüße"_s;
    QTest::newRow("nothing is expanded") << QByteArray("A=${HOME} $HOME") << u"${HOME} $HOME"_s;
}

void TestConfigEnvFile::a_line_is_read()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, value);
    const EnvFile file = parseEnvFile(line);
    QCOMPARE(file.mistakes.size(), size_t(0));
    QCOMPARE(file.entries.size(), size_t(1));
    QCOMPARE(file.entries[0].name, u"A"_s);
    QCOMPARE(file.entries[0].value, value);
}

void TestConfigEnvFile::what_is_no_setting_is_skipped_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("blank lines") << QByteArray("\n \n\t\r\n");
    QTest::newRow("comments") << QByteArray("# A=b\n   # c\n#");
}

void TestConfigEnvFile::what_is_no_setting_is_skipped()
{
    QFETCH(QByteArray, text);
    const EnvFile file = parseEnvFile(text);
    QVERIFY(file.entries.empty() && file.mistakes.empty());
}

void TestConfigEnvFile::a_mistake_has_its_place_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("a word") << QByteArray("hello") << 6;
    QTest::newRow("two words") << QByteArray("hello world") << 7;
    QTest::newRow("no name") << QByteArray("=b") << 1;
    QTest::newRow("a digit first") << QByteArray("1A=b") << 3;
    QTest::newRow("a dash") << QByteArray("A-B=c") << 2;
    QTest::newRow("a colon") << QByteArray("A: b") << 2;
    QTest::newRow("open double quote") << QByteArray("A= \"b") << 4;
    QTest::newRow("open single quote") << QByteArray("A='b") << 3;
    QTest::newRow("escaped closing quote") << QByteArray(R"(A="b\")") << 3;
    QTest::newRow("text behind a quote") << QByteArray("A='b' c") << 7;
    QTest::newRow("not UTF-8") << QByteArray("A=\xff") << 1;
    QTest::newRow("a zero byte") << QByteArray("A=\0b", 4) << 1;
    QTest::newRow("export only") << QByteArray("export") << 7;
}

void TestConfigEnvFile::a_mistake_has_its_place()
{
    QFETCH(QByteArray, line);
    QFETCH(int, column);
    const EnvFile file = parseEnvFile("# first\n" + line + "\nB=1\n");
    QCOMPARE(file.mistakes.size(), size_t(1));
    QCOMPARE(file.mistakes[0].line, 2);
    QCOMPARE(file.mistakes[0].column, column);
    QVERIFY(!file.mistakes[0].text.isEmpty());
    QCOMPARE(file.entries.size(), size_t(1));
}

void TestConfigEnvFile::places_count_from_one()
{
    const EnvFile file = parseEnvFile("\nA=1\n  export BC = 'x'\r\n");
    QCOMPARE(file.entries.size(), size_t(2));
    QCOMPARE(file.entries[0].line, 2);
    QCOMPARE(file.entries[0].nameColumn, 1);
    QCOMPARE(file.entries[0].valueColumn, 3);
    QCOMPARE(file.entries[1].line, 3);
    QCOMPARE(file.entries[1].nameColumn, 10);
    QCOMPARE(file.entries[1].valueColumn, 15);
}

void TestConfigEnvFile::reading_goes_on_after_a_mistake()
{
    const EnvFile file = parseEnvFile("A=1\nwhat?\nB='\nC=3");
    QCOMPARE(file.mistakes.size(), size_t(2));
    QCOMPARE(file.entries.size(), size_t(2));
    QCOMPARE(file.entries[1].name, u"C"_s);
}

void TestConfigEnvFile::a_byte_order_mark_is_no_part_of_the_name()
{
    const EnvFile file = parseEnvFile("\xef\xbb\xbf"
                                      "A=1");
    QCOMPARE(file.entries.size(), size_t(1));
    QCOMPARE(file.entries[0].name, u"A"_s);
}

QTEST_APPLESS_MAIN(TestConfigEnvFile)
#include "tst_config_env_file.moc"
