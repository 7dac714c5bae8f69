// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/log_event.h"
#include "server/infrastructure/logging/log_levels.h"
#include "server/infrastructure/logging/log_sink.h"
#include "server/infrastructure/runtime/worker_context.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <unistd.h>

#include <thread>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

/// A sink whose lines the test can look at.
class Captured {
public:
    explicit Captured(LogFormat format)
        : m_sink(format, [this](QByteArrayView line) { m_lines.append(line.toByteArray()); })
    { }
    const QList<QByteArray> &lines() const { return m_lines; }

private:
    QList<QByteArray> m_lines;
    LogSink m_sink;
};

QString enabledTypes(const QLoggingCategory &category)
{
    QString types;
    if (category.isDebugEnabled())
        types += u'd';
    if (category.isInfoEnabled())
        types += u'i';
    if (category.isWarningEnabled())
        types += u'w';
    if (category.isCriticalEnabled())
        types += u'c';
    return types;
}

} // namespace

class TestLogSink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void every_way_to_log_ends_in_the_sink();
    void the_request_id_is_added();
    void a_disabled_level_is_not_written();
    void without_a_sink_an_event_goes_to_qt();
    void levels_hold_by_category_data();
    void levels_hold_by_category();
    void rules_are_read_data();
    void rules_are_read();
    void lines_of_threads_do_not_mix();
    void standard_error_gets_every_line_that_was_logged();
};

void TestLogSink::cleanup()
{
    applyLogLevels(LogLevel::Info, {});
}

void TestLogSink::every_way_to_log_ends_in_the_sink()
{
    const Captured log(LogFormat::Text);
    qCInfo(lcRest) << "one" << 1;
    qCWarning(lcDb, "two %d", 2);
    qWarning("three");
    logEvent(lcGateway(), QtCriticalMsg, "four", {{"shard", 0}});
    QCOMPARE(log.lines().size(), 4);
    QVERIFY(log.lines()[0].endsWith(" info    guildhall.rest one 1\n"));
    QVERIFY(log.lines()[1].endsWith(" warning guildhall.db two 2\n"));
    QVERIFY(log.lines()[2].endsWith(" warning default three\n"));
    QVERIFY(log.lines()[3].endsWith(" error   guildhall.gateway four shard=0\n"));
}

void TestLogSink::the_request_id_is_added()
{
    const Captured log(LogFormat::Text);
    {
        const WorkerContext::Scope outer("outer");
        {
            const WorkerContext::Scope inner("inner");
            qCInfo(lcRest, "a");
        }
        logEvent(lcRest(), QtInfoMsg, "b", {});
    }
    qCInfo(lcRest, "c");
    QVERIFY(log.lines()[0].endsWith(" a req_id=inner\n"));
    QVERIFY(log.lines()[1].endsWith(" b req_id=outer\n"));
    QVERIFY(log.lines()[2].endsWith(" c\n"));
}

void TestLogSink::a_disabled_level_is_not_written()
{
    const Captured log(LogFormat::Json);
    applyLogLevels(LogLevel::Warning, {});
    qCInfo(lcRest, "no");
    logEvent(lcRest(), QtInfoMsg, "no", {});
    logEvent(lcRest(), QtWarningMsg, "yes", {});
    QCOMPARE(log.lines().size(), 1);
    QVERIFY(log.lines()[0].contains("yes"));
}

void TestLogSink::without_a_sink_an_event_goes_to_qt()
{
    QTest::ignoreMessage(QtInfoMsg, "answered verb=GET status=200");
    logEvent(lcRest(), QtInfoMsg, "answered", {{"verb", "GET"}, {"status", 200}});
    QTest::ignoreMessage(QtWarningMsg, "100% full");
    logEvent(lcStorage(), QtWarningMsg, "100% full", {});
}

void TestLogSink::levels_hold_by_category_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("db");
    const auto row = [](const char *name, LogLevel level, const QString &rules, const QString &rest,
                        const QString &db) {
        QTest::newRow(name) << int(level) << rules << rest << db;
    };
    row("debug", LogLevel::Debug, u""_s, u"diwc"_s, u"diwc"_s);
    row("info", LogLevel::Info, u""_s, u"iwc"_s, u"iwc"_s);
    row("warning", LogLevel::Warning, u""_s, u"wc"_s, u"wc"_s);
    row("error", LogLevel::Error, u""_s, u"c"_s, u"c"_s);
    row("one louder", LogLevel::Warning, u"db=debug"_s, u"wc"_s, u"diwc"_s);
    row("one quieter", LogLevel::Debug, u"rest=error"_s, u"c"_s, u"diwc"_s);
    row("both", LogLevel::Info, u" rest = warning , db=debug,"_s, u"wc"_s, u"diwc"_s);
    row("the last wins", LogLevel::Info, u"db=debug,db=error"_s, u"iwc"_s, u"c"_s);
}

void TestLogSink::levels_hold_by_category()
{
    QFETCH(int, level);
    QFETCH(QString, rules);
    QFETCH(QString, rest);
    QFETCH(QString, db);
    const auto parsed = parseLogRules(rules);
    QVERIFY(parsed.has_value());
    applyLogLevels(LogLevel(level), *parsed);
    QCOMPARE(enabledTypes(lcRest()), rest);
    QCOMPARE(enabledTypes(lcDb()), db);
}

void TestLogSink::rules_are_read_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("mistake");
    QTest::newRow("unknown category") << u"data=debug"_s << u"there is no category \"data\""_s;
    QTest::newRow("no level") << u"db"_s << u"\"db\" has no level"_s;
    QTest::newRow("unknown level") << u"db=loud"_s << u"\"db=loud\" has no level"_s;
    QTest::newRow("with the prefix")
        << u"guildhall.db=debug"_s << u"there is no category \"guildhall.db\""_s;
    QTest::newRow("the second") << u"rest=info,x=info"_s << u"there is no category \"x\""_s;
}

void TestLogSink::rules_are_read()
{
    QFETCH(QString, text);
    QFETCH(QString, mistake);
    const auto parsed = parseLogRules(text);
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error(), mistake);
    QVERIFY(parseLogLevel(u"info"_s) == LogLevel::Info);
    QVERIFY(!parseLogLevel(u"Info"_s) && !parseLogLevel(u""_s));
}

void TestLogSink::lines_of_threads_do_not_mix()
{
    constexpr int threadCount = 4;
    constexpr int perThread = 500;
    const Captured log(LogFormat::Json);
    std::vector<std::thread> threads;
    for (int t = 0; t < threadCount; ++t) {
        threads.emplace_back([t] {
            const WorkerContext::Scope scope(QByteArray::number(t));
            for (int i = 0; i < perThread; ++i)
                logEvent(lcRest(), QtInfoMsg, "line", {{"thread", t}});
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(log.lines().size(), threadCount * perThread);
    for (const QByteArray &line : log.lines()) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QCOMPARE(object.value("req_id"_L1).toString().toInt(), object.value("thread"_L1).toInt());
    }
}

void TestLogSink::standard_error_gets_every_line_that_was_logged()
{
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    const int saved = ::dup(STDERR_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[1]);
    {
        const LogSink sink(LogFormat::Text);
        for (int i = 0; i < 100; ++i)
            qCInfo(lcApp, "line %d", i);
    }
    ::dup2(saved, STDERR_FILENO); // closes the pipe's end: the reader sees the end of it
    ::close(saved);
    QByteArray read;
    char buffer[4096];
    for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        read.append(buffer, n);
    ::close(ends[0]);
    const QList<QByteArray> lines = read.split('\n');
    QCOMPARE(lines.size(), 101);
    for (int i = 0; i < 100; ++i)
        QVERIFY2(lines[i].endsWith(" info    guildhall.app line " + QByteArray::number(i)),
                 lines[i]);
}

QTEST_APPLESS_MAIN(TestLogSink)
#include "tst_log_sink.moc"
