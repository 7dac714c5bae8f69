// SPDX-License-Identifier: GPL-3.0-or-later
// Sockets that go on to another thread and speak WebSocket there.
#include "http_front.h"
#include "raw_client.h"
#include "server/gateway/door/capped_socket.h"
#include "server/gateway/door/upgrade_handler.h"
#include "server/infrastructure/runtime/epoll_dispatcher.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

#include <memory>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;

namespace {

/// Takes what goes to /gateway into a thread of its own, where it is echoed.
class EchoShard : public UpgradeHandler {
public:
    EchoShard()
        : m_server(new QWebSocketServer(QStringLiteral("shard"), QWebSocketServer::NonSecureMode))
    {
        EpollDispatcher::installOn(m_thread);
        m_server->moveToThread(&m_thread);
        m_server->setMaxPendingConnections(1000);
        QObject::connect(m_server, &QWebSocketServer::newConnection, m_server, [this] {
            while (QWebSocket *socket = m_server->nextPendingConnection()) {
                QObject::connect(socket, &QWebSocket::textMessageReceived, socket,
                                 [socket](const QString &text) { socket->sendTextMessage(text); });
                QObject::connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        m_thread.start();
    }
    ~EchoShard() override
    {
        m_server->deleteLater();
        m_thread.quit();
        m_thread.wait();
    }

    bool wants(const RequestHead &head) override { return head.path == "/gateway"; }
    void adopt(CappedSocket *socket, const RequestHead &head) override
    {
        ++adopted;
        lastQuery = head.query;
        if (socket->parent() || !socket->peek(4).startsWith("GET "))
            qFatal("a socket must come without a parent and unread");
        socket->setUnsentCap(cap);
        socket->moveToThread(&m_thread);
        QMetaObject::invokeMethod(m_server, [this, socket] {
            m_server->handleConnection(socket);
            Q_EMIT socket->readyRead();
        });
    }

    std::atomic<int> adopted{0};
    QByteArray lastQuery;
    qint64 cap = 0;

private:
    QThread m_thread;
    QWebSocketServer *m_server;
};

QUrl gateway(quint16 port)
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/gateway?v=10").arg(port));
}

} // namespace

class TestFrontDoorUpgrade : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void many_sockets_are_handed_over_and_echo();
    void a_connection_may_be_upgraded_after_requests();
    void other_paths_stay_with_the_door();
    void upgraded_sockets_still_count_for_their_address();
    void a_socket_that_is_owed_too_much_is_cut_off();
};

void TestFrontDoorUpgrade::many_sockets_are_handed_over_and_echo()
{
    constexpr int count = 300;
    EchoShard shard;
    HttpFront front({}, &shard);
    std::vector<std::unique_ptr<QWebSocket>> clients;
    int echoed = 0;
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<QWebSocket>());
        QWebSocket *client = clients.back().get();
        const QString text = QStringLiteral("hello %1").arg(i);
        connect(client, &QWebSocket::connected, this,
                [client, text] { client->sendTextMessage(text); });
        connect(client, &QWebSocket::textMessageReceived, this,
                [&echoed, text](const QString &answer) { echoed += answer == text; });
        client->open(gateway(front.port()));
    }
    QTRY_COMPARE_WITH_TIMEOUT(echoed, count, 30'000);
    QCOMPARE(shard.adopted.load(), count);
    QCOMPARE(shard.lastQuery, "v=10");
    QCOMPARE(front.connections(), size_t(0));
    QCOMPARE(front.handler.admittedCount.load(), 0);
}

void TestFrontDoorUpgrade::a_connection_may_be_upgraded_after_requests()
{
    EchoShard shard;
    HttpFront front({}, &shard);
    RawClient client(front.port());
    QVERIFY(client.send(
        "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"
        "GET /gateway HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
    QCOMPARE(client.answer().body, "GET /x|");
    QCOMPARE(client.answer().status, 101);
    const QByteArray masked("\x81\x82\x00\x00\x00\x00hi", 8);
    QVERIFY(client.send(masked));
    QCOMPARE(client.within(200ms), QByteArray("\x81\x02hi", 4));
}

void TestFrontDoorUpgrade::other_paths_stay_with_the_door()
{
    EchoShard shard;
    HttpFront front({}, &shard);
    RawClient client(front.port());
    QVERIFY(client.send(
        "GET /other HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"));
    QCOMPARE(client.answer().body, "GET /other|");
    QCOMPARE(shard.adopted.load(), 0);
}

void TestFrontDoorUpgrade::upgraded_sockets_still_count_for_their_address()
{
    EchoShard shard;
    DoorSettings settings;
    settings.limits.connectionsPerAddress = 2;
    settings.uncounted = [](const QHostAddress &) {
        return false;
    };
    HttpFront front(settings, &shard);
    auto one = std::make_unique<QWebSocket>();
    QWebSocket two;
    QWebSocket three;
    for (QWebSocket *socket : {one.get(), &two}) {
        socket->open(gateway(front.port()));
        QTRY_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
    }
    three.open(gateway(front.port()));
    QTRY_COMPARE(three.state(), QAbstractSocket::UnconnectedState);
    one.reset();
    bool connected = false;
    for (int i = 0; i < 20 && !connected;
         ++i) { // its place is free when the shard has let go of it
        QWebSocket again;
        QSignalSpy spy(&again, &QWebSocket::connected);
        again.open(gateway(front.port()));
        connected = spy.wait(300);
    }
    QVERIFY(connected);
}

void TestFrontDoorUpgrade::a_socket_that_is_owed_too_much_is_cut_off()
{
    EchoShard shard;
    shard.cap = 100'000;
    HttpFront front({}, &shard);
    RawClient client(front.port());
    QVERIFY(client.send(
        "GET /gateway HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
    QCOMPARE(client.answer().status, 101);
    const QByteArray frame
        = QByteArray("\x81\xfe\xea\x60\x00\x00\x00\x00", 8) + QByteArray(60'000, 'x');
    int frames = 0;
    while (frames < 10'000 && client.send(frame))
        ++frames; // and nothing of the echo is read
    QVERIFY(frames < 10'000);
}

QTEST_GUILESS_MAIN(TestFrontDoorUpgrade)
#include "tst_front_door_upgrade.moc"
