// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/log_format.h"
#include "server/infrastructure/logging/redact.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <limits>
#include <vector>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

constexpr Timestamp time{1'700'000'000'123};

LogRecord record(const QByteArray &message, std::span<const LogField> fields = {},
                 const QByteArray &requestId = {})
{
    return {time, QtInfoMsg, "guildhall.rest", message, requestId, fields};
}

QJsonObject jsonOf(const LogRecord &r)
{
    const QByteArray line = formatLine(r, LogFormat::Json);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    return error.error == QJsonParseError::NoError ? document.object() : QJsonObject();
}

const QByteArray jwt
    = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxNzU5Mjg4NDcyOTkxMTcwNjMifQ."
      "4Adcj3UFYzPUVaVF43FmMab6RlaQD8A9V8wFzzht-KQ";
const QByteArray botToken = "MTc1OTI4ODQ3Mjk5MTE3MDYz.ZVPxAA.abcdefghijklmnopqrstuvwxyz0123456789";

} // namespace

class TestLogFormat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_text_line_reads_from_left_to_right();
    void a_json_line_is_one_object_with_types();
    void the_level_is_named_data();
    void the_level_is_named();
    void hostile_text_stays_on_its_line_data();
    void hostile_text_stays_on_its_line();
    void harmless_text_is_left_alone();
    void a_secret_prints_as_stars();
    void what_looks_like_a_credential_is_masked_data();
    void what_looks_like_a_credential_is_masked();
    void a_very_long_text_is_cut();
    void a_number_without_json_form_is_null();
};

void TestLogFormat::a_text_line_reads_from_left_to_right()
{
    const std::vector<LogField> fields{{"verb", "GET"},
                                       {"status", 200},
                                       {"reason", "not found"},
                                       {"empty", ""},
                                       {"user", UserId(42)}};
    QCOMPARE(
        formatLine(record("answered", fields, "abc123"), LogFormat::Text),
        QByteArray("2023-11-14 22:13:20.123 info    guildhall.rest answered verb=GET status=200 "
                   "reason=\"not found\" empty=\"\" user=42 req_id=abc123\n"));
    QCOMPARE(formatLine(record("started"), LogFormat::Text),
             QByteArray("2023-11-14 22:13:20.123 info    guildhall.rest started\n"));
}

void TestLogFormat::a_json_line_is_one_object_with_types()
{
    const std::vector<LogField> fields{{"verb", "GET"},
                                       {"status", 200},
                                       {"cached", true},
                                       {"took_ms", std::chrono::microseconds(1500)},
                                       {"size", quint64(1) << 40},
                                       {"name", u"änne"_s}};
    QCOMPARE(jsonOf(record("answered", fields, "abc123")),
             (QJsonObject{{u"ts"_s, u"2023-11-14T22:13:20.123Z"_s},
                          {u"level"_s, u"info"_s},
                          {u"cat"_s, u"guildhall.rest"_s},
                          {u"msg"_s, u"answered"_s},
                          {u"req_id"_s, u"abc123"_s},
                          {u"verb"_s, u"GET"_s},
                          {u"status"_s, 200},
                          {u"cached"_s, true},
                          {u"took_ms"_s, 1.5},
                          {u"size"_s, qint64(1) << 40},
                          {u"name"_s, u"änne"_s}}));
    QVERIFY(!jsonOf(record("started")).contains("req_id"_L1));
}

void TestLogFormat::the_level_is_named_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("name");
    QTest::newRow("debug") << int(QtDebugMsg) << u"debug"_s;
    QTest::newRow("info") << int(QtInfoMsg) << u"info"_s;
    QTest::newRow("warning") << int(QtWarningMsg) << u"warning"_s;
    QTest::newRow("critical") << int(QtCriticalMsg) << u"error"_s;
    QTest::newRow("fatal") << int(QtFatalMsg) << u"fatal"_s;
}

void TestLogFormat::the_level_is_named()
{
    QFETCH(int, type);
    QFETCH(QString, name);
    LogRecord r = record("x");
    r.type = QtMsgType(type);
    QCOMPARE(jsonOf(r).value("level"_L1).toString(), name);
    QVERIFY(formatLine(r, LogFormat::Text).contains(name.toLatin1()));
}

void TestLogFormat::hostile_text_stays_on_its_line_data()
{
    QTest::addColumn<QByteArray>("hostile");
    QTest::addColumn<QByteArray>("escaped");
    QTest::newRow("line feed") << QByteArray("a\nb") << QByteArray("a\\nb");
    QTest::newRow("carriage return") << QByteArray("a\rb") << QByteArray("a\\rb");
    QTest::newRow("tab") << QByteArray("a\tb") << QByteArray("a\\tb");
    QTest::newRow("escape") << QByteArray("\x1b[31mred") << QByteArray("\\u001b[31mred");
    QTest::newRow("nul") << QByteArray("a\0b", 3) << QByteArray("a\\u0000b");
    QTest::newRow("bell") << QByteArray("\a") << QByteArray("\\u0007");
    QTest::newRow("delete") << QByteArray("\x7f") << QByteArray("\\u007f");
    QTest::newRow("C1 control") << QByteArray("\xc2\x9b") << QByteArray("\\u009b");
    QTest::newRow("line separator") << QByteArray("\xe2\x80\xa8") << QByteArray("\\u2028");
    QTest::newRow("right-to-left override") << QByteArray("\xe2\x80\xae") << QByteArray("\\u202e");
    QTest::newRow("isolate") << QByteArray("\xe2\x81\xa6") << QByteArray("\\u2066");
    QTest::newRow("invalid UTF-8") << QByteArray("a\xff"
                                                 "b")
                                   << QByteArray("a\xef\xbf\xbd"
                                                 "b");
    QTest::newRow("overlong") << QByteArray("\xc0\x8a") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
}

void TestLogFormat::hostile_text_stays_on_its_line()
{
    QFETCH(QByteArray, hostile);
    QFETCH(QByteArray, escaped);
    const std::vector<LogField> fields{{"agent", hostile}};
    for (const LogFormat format : {LogFormat::Text, LogFormat::Json}) {
        const QByteArray line = formatLine(record(hostile, fields, hostile), format);
        QCOMPARE(line.count('\n'), 1);
        QVERIFY(line.endsWith('\n'));
        QCOMPARE(line.count(escaped), 3);
        const QString text = QString::fromUtf8(line.chopped(1));
        for (const QChar c : text)
            QVERIFY2(c.category() != QChar::Other_Control && c.category() != QChar::Other_Format,
                     qPrintable(QString::number(c.unicode(), 16)));
    }
    QVERIFY(!jsonOf(record(hostile, fields, hostile)).isEmpty());
}

void TestLogFormat::harmless_text_is_left_alone()
{
    const QByteArray text = "grüße, \xf0\x9f\x91\x8d \"C:\\temp\" 100%";
    QVERIFY(formatLine(record(text), LogFormat::Text).contains(text));
    QCOMPARE(jsonOf(record(text)).value("msg"_L1).toString(), QString::fromUtf8(text));
}

void TestLogFormat::a_secret_prints_as_stars()
{
    const Secret<QString> password(u"hunter2"_s);
    const std::vector<LogField> fields{{"password", password}};
    QCOMPARE(formatFields(fields), QByteArray("password=***"));
    QString printed;
    QDebug(&printed) << password;
    QVERIFY(printed.contains("***"_L1) && !printed.contains("hunter2"_L1));
}

void TestLogFormat::what_looks_like_a_credential_is_masked_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("masked");
    QTest::newRow("JWT") << "refused " + jwt << QByteArray("refused ***");
    QTest::newRow("bot token") << "Authorization: Bot " + botToken + ", next"
                               << QByteArray("Authorization: Bot ***, next");
    QTest::newRow("end of a sentence")
        << "It was " + jwt + ". Odd." << QByteArray("It was ***. Odd.");
    QTest::newRow("two of them") << jwt + ' ' + botToken << QByteArray("*** ***");
    QTest::newRow("in a query") << "/gateway?token=" + jwt << QByteArray("/gateway?token=***");
    QTest::newRow("password in a URL")
        << QByteArray("no route to postgres://ann:s3cret@db.example:5432/guildhall")
        << QByteArray("no route to postgres://ann:***@db.example:5432/guildhall");
    QTest::newRow("redis URL") << QByteArray("redis://:s3cret@localhost")
                               << QByteArray("redis://:***@localhost");
    const auto same = [](const char *name, const QByteArray &text) {
        QTest::newRow(name) << text << text;
    };
    same("host name", "connected to db.internal.example.org");
    same("file name", "server/infrastructure/logging/a_rather_long_name_of_a_file.tar.gz");
    same("address", "127.0.0.1:3000");
    same("URL without a name", "http://localhost:3000/api/v10/users/@me");
    same("URL with a name only", "ssh://git@host/repo");
    same("sentence", "It ends. It begins... again.");
    same("empty", "");
}

void TestLogFormat::what_looks_like_a_credential_is_masked()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, masked);
    QCOMPARE(redact(text), masked);
    QCOMPARE(jsonOf(record(text)).value("msg"_L1).toString(), QString::fromUtf8(masked));
    const std::vector<LogField> fields{{"detail", text}};
    QCOMPARE(jsonOf(record("x", fields)).value("detail"_L1).toString(), QString::fromUtf8(masked));
}

void TestLogFormat::a_very_long_text_is_cut()
{
    const QByteArray line = formatLine(record(QByteArray(100'000, 'x')), LogFormat::Json);
    QVERIFY(line.size() < 17'000);
    QVERIFY(line.contains("(83616 bytes more)"));
}

void TestLogFormat::a_number_without_json_form_is_null()
{
    const std::vector<LogField> fields{{"a", std::numeric_limits<double>::infinity()},
                                       {"b", std::numeric_limits<double>::quiet_NaN()}};
    const QJsonObject object = jsonOf(record("x", fields));
    QVERIFY(object.value("a"_L1).isNull() && object.contains("a"_L1));
    QVERIFY(object.value("b"_L1).isNull() && object.contains("b"_L1));
}

QTEST_APPLESS_MAIN(TestLogFormat)
#include "tst_log_format.moc"
