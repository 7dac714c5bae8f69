// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/line_writer.h"

#include <QDir>
#include <QFile>
#include <QtTest>

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <thread>
#include <utility>

using namespace guildhall;
using namespace std::chrono_literals;

namespace {

QByteArray lossLine(quint64 lines)
{
    return "lost " + QByteArray::number(lines) + '\n';
}

QByteArray lineOf(int number)
{
    return "line " + QByteArray::number(number).rightJustified(10, '0') + '\n';
}

QStringList threads()
{
    return QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

bool blocks(const QString &thread, int signal)
{
    QFile status(QStringLiteral("/proc/self/task/%1/status").arg(thread));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("SigBlk:"))
            return line.mid(7).trimmed().toULongLong(nullptr, 16) >> (signal - 1) & 1;
    }
    return false;
}

/// A pipe of one page.
class Pipe {
public:
    explicit Pipe(int flags = 0)
    {
        if (::pipe2(m_ends, flags) != 0)
            qFatal("no pipe");
        ::fcntl(m_ends[1], F_SETPIPE_SZ, 4096);
    }
    ~Pipe()
    {
        closeReader();
        closeWriter();
    }

    int writer() const { return m_ends[1]; }
    void closeReader() { ::close(std::exchange(m_ends[0], -1)); }
    void closeWriter() { ::close(std::exchange(m_ends[1], -1)); }

    /// All that comes until the pipe ends.
    QByteArray read()
    {
        QByteArray bytes;
        for (QByteArray more = readSome(); !more.isEmpty(); more = readSome())
            bytes += more;
        return bytes;
    }
    /// At least one whole line.
    QList<QByteArray> readLines()
    {
        QByteArray bytes;
        do {
            const QByteArray more = readSome();
            if (more.isEmpty())
                qFatal("the pipe has ended");
            bytes += more;
        } while (!bytes.endsWith('\n'));
        QList<QByteArray> lines = bytes.chopped(1).split('\n');
        for (QByteArray &line : lines)
            line += '\n';
        return lines;
    }
    /// What is there.
    QByteArray readNow()
    {
        ::fcntl(m_ends[0], F_SETFL, O_NONBLOCK);
        char buffer[4096];
        const ssize_t n = ::read(m_ends[0], buffer, sizeof buffer);
        return QByteArray(buffer, std::max<ssize_t>(n, 0));
    }

private:
    QByteArray readSome()
    {
        ::fcntl(m_ends[0], F_SETFL, 0);
        char buffer[4096];
        const ssize_t n = ::read(m_ends[0], buffer, sizeof buffer);
        return QByteArray(buffer, std::max<ssize_t>(n, 0));
    }

    int m_ends[2] = {-1, -1};
};

} // namespace

class TestLineWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lines_arrive_whole_and_in_order_data();
    void lines_arrive_whole_and_in_order();
    void a_line_longer_than_the_pipe_arrives_whole();
    void who_logs_does_not_wait_for_a_reader_and_loss_is_told();
    void the_end_does_not_wait_for_ever();
    void last_words_are_written_before_the_call_returns();
    void last_words_find_room_in_a_full_queue();
    void a_reader_that_has_gone_harms_nobody();
    void signals_are_left_to_other_threads();
};

void TestLineWriter::lines_arrive_whole_and_in_order_data()
{
    QTest::addColumn<int>("flags");
    QTest::newRow("blocking") << 0;
    QTest::newRow("not blocking") << O_NONBLOCK;
}

void TestLineWriter::lines_arrive_whole_and_in_order()
{
    QFETCH(const int, flags);
    constexpr int count = 20'000;
    Pipe pipe(flags);
    QByteArray read;
    std::thread reader([&] { read = pipe.read(); });
    QByteArray expected;
    {
        LineWriter writer(pipe.writer(), lossLine, {.patience = 60s});
        for (int i = 0; i < count; ++i) {
            writer.put(lineOf(i));
            expected += lineOf(i);
        }
    }
    pipe.closeWriter();
    reader.join();
    QVERIFY(read == expected);
}

void TestLineWriter::a_line_longer_than_the_pipe_arrives_whole()
{
    const QByteArray line = QByteArray(300'000, 'x') + '\n';
    Pipe pipe(O_NONBLOCK);
    QByteArray read;
    std::thread reader([&] { read = pipe.read(); });
    {
        LineWriter writer(pipe.writer(), lossLine, {.patience = 60s});
        writer.put("before\n");
        writer.put(line);
    }
    pipe.closeWriter();
    reader.join();
    QVERIFY(read == "before\n" + line);
}

void TestLineWriter::who_logs_does_not_wait_for_a_reader_and_loss_is_told()
{
    constexpr int count = 100'000;
    Pipe pipe;
    LineWriter writer(pipe.writer(), lossLine, {64 * 1024, 60s});
    for (int i = 0; i < count; ++i)
        writer.put(lineOf(i)); // hangs here if anybody waits
    // Who reads now gets the first lines and is told, where they would be, how many are missing.
    int next = 0;
    int missing = 0;
    while (next < count) {
        for (const QByteArray &line : pipe.readLines()) {
            if (line.startsWith("lost ")) {
                missing += line.mid(5).trimmed().toInt();
                next += line.mid(5).trimmed().toInt();
            } else {
                QCOMPARE(line, lineOf(next++));
            }
        }
    }
    QCOMPARE(next, count);
    QVERIFY(missing > count / 2);
    writer.put("after\n");
    QCOMPARE(pipe.readLines(), QList<QByteArray>{"after\n"});
}

void TestLineWriter::the_end_does_not_wait_for_ever()
{
    Pipe pipe;
    {
        LineWriter writer(pipe.writer(), lossLine, {.patience = 50ms});
        for (int i = 0; i < 1000; ++i)
            writer.put(lineOf(i));
    }
    const QByteArray read = pipe.readNow();
    QVERIFY(read.startsWith(lineOf(0)));
}

void TestLineWriter::last_words_are_written_before_the_call_returns()
{
    Pipe pipe;
    LineWriter writer(pipe.writer(), lossLine, {.patience = 60s});
    writer.put("one\n");
    writer.putLast("last\n");
    QByteArray read = pipe.readNow();
    if (!read.endsWith("last\n"))
        read += pipe.readNow();
    QCOMPARE(read, QByteArray("one\nlast\n"));
}

void TestLineWriter::last_words_find_room_in_a_full_queue()
{
    Pipe pipe;
    QByteArray read;
    {
        LineWriter writer(pipe.writer(), lossLine, {4096, 60s});
        for (int i = 0; i < 2000; ++i)
            writer.put(lineOf(i));
        std::thread reader([&] { read = pipe.read(); });
        writer.putLast("last\n");
        pipe.closeWriter();
        reader.join();
    }
    QVERIFY(read.contains("\nlast\n"));
    QVERIFY(read.contains("\nlost "));
}

void TestLineWriter::a_reader_that_has_gone_harms_nobody()
{
    std::signal(SIGPIPE, SIG_DFL); // which ends the process
    Pipe pipe;
    pipe.closeReader();
    LineWriter writer(pipe.writer(), lossLine, {.patience = 60s});
    for (int i = 0; i < 10; ++i)
        writer.putLast(lineOf(i));
}

void TestLineWriter::signals_are_left_to_other_threads()
{
    const QStringList before = threads();
    Pipe pipe;
    LineWriter writer(pipe.writer(), lossLine, {});
    const QStringList after = threads();
    QCOMPARE(after.size(), before.size() + 1);
    for (const QString &thread : after) {
        if (before.contains(thread))
            continue;
        QVERIFY(blocks(thread, SIGTERM));
        QVERIFY(blocks(thread, SIGINT));
        QVERIFY(blocks(thread, SIGPIPE));
    }
}

QTEST_APPLESS_MAIN(TestLineWriter)
#include "tst_line_writer.moc"
