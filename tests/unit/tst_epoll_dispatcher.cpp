// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/epoll_dispatcher.h"

#include <QBasicTimer>
#include <QCoreApplication>
#include <QEventLoop>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <vector>

using guildhall::EpollDispatcher;

namespace {

struct SocketPair {
    SocketPair() { ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends); }
    ~SocketPair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    int ends[2]{-1, -1};
};

void fill(int descriptor)
{
    const char byte = 'x';
    QCOMPARE(::send(descriptor, &byte, 1, 0), ssize_t(1));
}

/// An echo server that lives in a thread of its own.
class EchoServer : public QTcpServer {
public:
    void listenAndEcho()
    {
        // Beyond the backlog a client counts itself connected while its bytes are dropped, and
        // sends them again only after seconds.
        setListenBacklogSize(1024);
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, socket,
                        [socket] { socket->write(socket->readAll()); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }
};

} // namespace

class TestEpollDispatcher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_main_loop_runs_on_it();
    void many_sockets_echo_beside_idle_ones();
    void events_posted_from_other_threads_all_arrive();
    void an_interruption_between_turns_is_not_slept_over();
    void timers_fire_in_order_and_repeat();
    void a_timer_is_not_fired_again_inside_its_own_slot();
    void a_timer_may_be_stopped_by_the_slot_of_another();
    void a_stopped_timer_is_unknown();
    void a_zero_timer_leaves_sockets_their_turn();
    void socket_notifiers_can_be_excluded();
    void reading_and_writing_share_one_descriptor();
    void a_descriptor_number_may_be_used_again_in_the_same_turn();
    void a_notifier_removed_by_another_ones_slot_stays_silent();
    void a_notifier_switched_off_and_on_still_works();
    void out_of_band_data_activates_the_exception_notifier();
    void a_thread_quits_while_its_loop_sleeps();
};

void TestEpollDispatcher::the_main_loop_runs_on_it()
{
    QVERIFY(qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance()));
}

void TestEpollDispatcher::many_sockets_echo_beside_idle_ones()
{
    QThread thread;
    EpollDispatcher::installOn(thread);
    thread.start();
    auto *server = new EchoServer;
    server->moveToThread(&thread);
    QMetaObject::invokeMethod(
        server, [server] { server->listenAndEcho(); }, Qt::BlockingQueuedConnection);
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 300; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(QHostAddress::LocalHost, server->serverPort());
    }
    for (auto &socket : sockets)
        QTRY_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
    const QByteArray block(100'000, 'e');
    for (size_t i = 0; i < sockets.size(); i += 3)
        sockets[i]->write(block);
    for (size_t i = 0; i < sockets.size(); i += 3) {
        QTRY_COMPARE(sockets[i]->bytesAvailable(), block.size());
        QCOMPARE(sockets[i]->readAll(), block);
    }
    QCOMPARE(sockets[1]->bytesAvailable(), 0);
    sockets.clear();
    QMetaObject::invokeMethod(
        server, [server] { delete server; }, Qt::BlockingQueuedConnection);
    thread.quit();
    QVERIFY(thread.wait(10'000));
}

void TestEpollDispatcher::events_posted_from_other_threads_all_arrive()
{
    constexpr int perThread = 20'000;
    QObject here;
    int seen = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back(QThread::create([&here, &seen] {
            for (int i = 0; i < perThread; ++i) {
                QMetaObject::invokeMethod(
                    &here, [&seen] { ++seen; }, Qt::QueuedConnection);
                if (i % 500 == 0)
                    QThread::usleep(200); // lets the loop fall asleep in between
            }
        }));
        threads.back()->start();
    }
    QTRY_COMPARE_WITH_TIMEOUT(seen, 3 * perThread, 30'000);
    for (auto &thread : threads)
        QVERIFY(thread->wait(10'000));
}

void TestEpollDispatcher::an_interruption_between_turns_is_not_slept_over()
{
    auto *dispatcher = QAbstractEventDispatcher::instance();
    dispatcher->interrupt();
    dispatcher->processEvents(QEventLoop::WaitForMoreEvents); // would hang
    dispatcher->wakeUp();
    dispatcher->processEvents(QEventLoop::AllEvents);
}

void TestEpollDispatcher::timers_fire_in_order_and_repeat()
{
    QStringList order;
    QTimer slow;
    QTimer quick;
    slow.setTimerType(Qt::PreciseTimer);
    quick.setTimerType(Qt::PreciseTimer);
    connect(&slow, &QTimer::timeout, this, [&] { order << QStringLiteral("slow"); });
    connect(&quick, &QTimer::timeout, this, [&] { order << QStringLiteral("quick"); });
    slow.setSingleShot(true);
    slow.start(120);
    quick.start(20);
    QTRY_VERIFY(order.contains(QStringLiteral("slow")));
    QCOMPARE(order.first(), QStringLiteral("quick"));
    QCOMPARE(order.count(QStringLiteral("slow")), 1);
    const qsizetype before = order.size();
    QTRY_VERIFY(order.size() >= before + 3);
}

void TestEpollDispatcher::a_timer_is_not_fired_again_inside_its_own_slot()
{
    int depth = 0;
    int deepest = 0;
    int rounds = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
        deepest = std::max(deepest, ++depth);
        ++rounds;
        QEventLoop nested;
        QTimer::singleShot(20, &nested, &QEventLoop::quit);
        nested.exec();
        --depth;
    });
    timer.start(1);
    QTRY_VERIFY(rounds >= 3);
    timer.stop();
    QCOMPARE(deepest, 1);
}

void TestEpollDispatcher::a_timer_may_be_stopped_by_the_slot_of_another()
{
    QTimer first;
    QTimer second;
    int secondFired = 0;
    first.setTimerType(Qt::PreciseTimer);
    second.setTimerType(Qt::PreciseTimer);
    connect(&first, &QTimer::timeout, this, [&] { second.stop(); });
    connect(&second, &QTimer::timeout, this, [&] { ++secondFired; });
    first.start(10);
    second.start(11);
    QThread::msleep(30); // both are due in the same turn
    QTest::qWait(40);
    QCOMPARE(secondFired, 0);
}

void TestEpollDispatcher::a_stopped_timer_is_unknown()
{
    auto *dispatcher = QAbstractEventDispatcher::instance();
    QObject owner;
    const int id = owner.startTimer(5000, Qt::PreciseTimer);
    QVERIFY(dispatcher->remainingTime(id) > 4000);
    const auto registered = dispatcher->registeredTimers(&owner);
    QCOMPARE(registered.size(), 1);
    QCOMPARE(registered.first().timerId, id);
    QCOMPARE(registered.first().interval, 5000);
    QCOMPARE(registered.first().timerType, Qt::PreciseTimer);
    owner.killTimer(id);
    QCOMPARE(dispatcher->remainingTime(id), -1);
    QVERIFY(dispatcher->registeredTimers(&owner).isEmpty());
    QVERIFY(!dispatcher->unregisterTimers(&owner));
}

void TestEpollDispatcher::a_zero_timer_leaves_sockets_their_turn()
{
    SocketPair pair;
    QTimer busy;
    busy.start(0);
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    bool read = false;
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        read = true;
        notifier.setEnabled(false);
    });
    fill(pair.ends[1]);
    QTRY_VERIFY(read);
}

void TestEpollDispatcher::socket_notifiers_can_be_excluded()
{
    SocketPair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    int activated = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        ++activated;
        notifier.setEnabled(false);
    });
    fill(pair.ends[1]);
    QEventLoop withoutSockets;
    QTimer::singleShot(30, &withoutSockets, &QEventLoop::quit);
    withoutSockets.exec(QEventLoop::ExcludeSocketNotifiers);
    QCOMPARE(activated, 0);
    QCoreApplication::processEvents();
    QCOMPARE(activated, 1);
}

void TestEpollDispatcher::reading_and_writing_share_one_descriptor()
{
    SocketPair pair;
    QSocketNotifier reader(pair.ends[0], QSocketNotifier::Read);
    QSocketNotifier writer(pair.ends[0], QSocketNotifier::Write);
    int reads = 0;
    int writes = 0;
    connect(&reader, &QSocketNotifier::activated, this, [&] {
        ++reads;
        char byte;
        QCOMPARE(::recv(pair.ends[0], &byte, 1, 0), ssize_t(1));
    });
    connect(&writer, &QSocketNotifier::activated, this, [&] {
        ++writes;
        writer.setEnabled(false);
    });
    QTRY_COMPARE(writes, 1);
    QCOMPARE(reads, 0);
    fill(pair.ends[1]);
    QTRY_COMPARE(reads, 1);
    QCOMPARE(writes, 1);
    writer.setEnabled(true);
    QTRY_COMPARE(writes, 2);
}

void TestEpollDispatcher::a_descriptor_number_may_be_used_again_in_the_same_turn()
{
    auto first = std::make_unique<SocketPair>();
    const int number = first->ends[0];
    auto notifier = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
    QCoreApplication::processEvents(); // the kernel knows it now
    notifier.reset();
    first.reset();
    SocketPair second;
    QCOMPARE(second.ends[0], number);
    QSocketNotifier later(number, QSocketNotifier::Read);
    bool activated = false;
    connect(&later, &QSocketNotifier::activated, this, [&] {
        activated = true;
        later.setEnabled(false);
    });
    fill(second.ends[1]);
    QTRY_VERIFY(activated);
}

void TestEpollDispatcher::a_notifier_removed_by_another_ones_slot_stays_silent()
{
    SocketPair left;
    SocketPair right;
    QSocketNotifier leftReader(left.ends[0], QSocketNotifier::Read);
    QSocketNotifier rightReader(right.ends[0], QSocketNotifier::Read);
    int activated = 0;
    const auto once = [&] {
        ++activated;
        leftReader.setEnabled(false);
        rightReader.setEnabled(false);
    };
    connect(&leftReader, &QSocketNotifier::activated, this, once);
    connect(&rightReader, &QSocketNotifier::activated, this, once);
    fill(left.ends[1]);
    fill(right.ends[1]);
    QTRY_COMPARE(activated, 1);
    QTest::qWait(20);
    QCOMPARE(activated, 1);
}

void TestEpollDispatcher::a_notifier_switched_off_and_on_still_works()
{
    SocketPair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    int activated = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        ++activated;
        notifier.setEnabled(false);
        if (activated < 3)
            notifier.setEnabled(true);
    });
    fill(pair.ends[1]);
    QTRY_COMPARE(activated, 3);
    QTest::qWait(20);
    QCOMPARE(activated, 3);
}

void TestEpollDispatcher::out_of_band_data_activates_the_exception_notifier()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, server.serverPort());
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *accepted = server.nextPendingConnection();
    QSocketNotifier notifier(accepted->socketDescriptor(), QSocketNotifier::Exception);
    bool activated = false;
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        activated = true;
        notifier.setEnabled(false);
    });
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(::send(int(client.socketDescriptor()), "!", 1, MSG_OOB), ssize_t(1));
    QTRY_VERIFY(activated);
}

void TestEpollDispatcher::a_thread_quits_while_its_loop_sleeps()
{
    for (int i = 0; i < 200; ++i) {
        QThread thread;
        EpollDispatcher::installOn(thread);
        thread.start();
        if (i % 2)
            QThread::usleep(300);
        thread.quit();
        QVERIFY(thread.wait(10'000));
    }
}

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication app(argc, argv);
    TestEpollDispatcher test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epoll_dispatcher.moc"
