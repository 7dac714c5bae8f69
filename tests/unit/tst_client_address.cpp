// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/client_address.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

const TrustedProxies proxies{{QHostAddress(u"10.0.0.0"_s), 8}, {QHostAddress(u"fd00::"_s), 8}};

RequestHead headFrom(const QString &peer, const QList<HeaderPair> &headers)
{
    RequestHead head;
    head.peer = QHostAddress(peer);
    head.headers = headers;
    return head;
}

} // namespace

/// @source reliability.md 2, api.md 14.24
class TestClientAddress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_client_is_the_last_hop_that_is_no_proxy_data();
    void the_client_is_the_last_hop_that_is_no_proxy();
    void a_client_cannot_hide_behind_a_line_of_its_own();
    void limits_count_an_address_as_its_network_data();
    void limits_count_an_address_as_its_network();
    void the_base_is_what_the_client_asked_for_data();
    void the_base_is_what_the_client_asked_for();
};

void TestClientAddress::the_client_is_the_last_hop_that_is_no_proxy_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArray>("forwarded");
    QTest::addColumn<QString>("client");
    const auto row
        = [](const char *name, const char *peer, const char *forwarded, const char *client) {
              QTest::newRow(name) << QString::fromLatin1(peer) << QByteArray(forwarded)
                                  << QString::fromLatin1(client);
          };
    row("no proxy", "192.0.2.1", "", "192.0.2.1");
    row("a stranger's header", "192.0.2.1", "198.51.100.7", "192.0.2.1");
    row("loopback", "127.0.0.1", "198.51.100.7", "198.51.100.7");
    row("a trusted proxy", "10.1.2.3", "198.51.100.7", "198.51.100.7");
    row("IPv6", "::1", "2001:db8::7", "2001:db8::7");
    row("a forged hop before", "10.1.2.3", "203.0.113.9, 198.51.100.7", "198.51.100.7");
    row("two proxies", "10.1.2.3", "198.51.100.7, 10.9.9.9", "198.51.100.7");
    row("only proxies", "10.1.2.3", "10.4.4.4, 10.9.9.9", "10.4.4.4");
    row("no address", "10.1.2.3", "unknown", "10.1.2.3");
    row("no address behind a proxy", "10.1.2.3", "198.51.100.7, unknown, 10.9.9.9", "10.9.9.9");
    row("nothing forwarded", "10.1.2.3", "", "10.1.2.3");
    row("mapped peer", "::ffff:192.0.2.1", "198.51.100.7", "192.0.2.1");
    row("mapped proxy", "::ffff:10.1.2.3", "::ffff:198.51.100.7", "198.51.100.7");
    row("IPv6 proxy", "fd12::1", "198.51.100.7", "198.51.100.7");
}

void TestClientAddress::the_client_is_the_last_hop_that_is_no_proxy()
{
    QFETCH(const QString, peer);
    QFETCH(const QByteArray, forwarded);
    QFETCH(const QString, client);
    QList<HeaderPair> headers;
    if (!forwarded.isEmpty())
        headers.emplace_back("x-forwarded-for", forwarded);
    QCOMPARE(clientAddress(headFrom(peer, headers), proxies).toString(), client);
}

void TestClientAddress::a_client_cannot_hide_behind_a_line_of_its_own()
{
    // Some proxies leave what they were sent alone and add a line behind it.
    const RequestHead head = headFrom(
        u"10.1.2.3"_s, {{"x-forwarded-for", "203.0.113.9"}, {"x-forwarded-for", "198.51.100.7"}});
    QCOMPARE(clientAddress(head, proxies).toString(), u"198.51.100.7"_s);
}

void TestClientAddress::limits_count_an_address_as_its_network_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("counted");
    QTest::newRow("IPv4") << u"192.0.2.1"_s << u"192.0.2.1"_s;
    QTest::newRow("mapped") << u"::ffff:192.0.2.1"_s << u"192.0.2.1"_s;
    QTest::newRow("IPv6") << u"2001:db8:1:2:3:4:5:6"_s << u"2001:db8:1:2::"_s;
    QTest::newRow("its neighbour") << u"2001:db8:1:2::9"_s << u"2001:db8:1:2::"_s;
    QTest::newRow("another network") << u"2001:db8:1:3::9"_s << u"2001:db8:1:3::"_s;
}

void TestClientAddress::limits_count_an_address_as_its_network()
{
    QFETCH(const QString, address);
    QFETCH(const QString, counted);
    QCOMPARE(countedNetwork(QHostAddress(address)).toString(), counted);
}

void TestClientAddress::the_base_is_what_the_client_asked_for_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArray>("proto");
    QTest::addColumn<QByteArray>("forwardedHost");
    QTest::addColumn<QByteArray>("base");
    const auto row = [](const char *name, const char *peer, const char *proto, const char *host,
                        const char *base) {
        QTest::newRow(name) << QString::fromLatin1(peer) << QByteArray(proto) << QByteArray(host)
                            << QByteArray(base);
    };
    row("directly", "192.0.2.1", "", "", "http://chat.test:3000");
    row("a stranger's headers", "192.0.2.1", "https", "evil.test", "http://chat.test:3000");
    row("TLS before us", "10.1.2.3", "https", "", "https://chat.test:3000");
    row("in capitals", "10.1.2.3", "HTTPS", "", "https://chat.test:3000");
    row("another name", "10.1.2.3", "https", "chat.example", "https://chat.example");
    row("several proxies", "10.1.2.3", "https, http", "chat.example, inner",
        "https://chat.example");
    row("mapped proxy", "::ffff:10.1.2.3", "https", "", "https://chat.test:3000");
    row("another scheme", "10.1.2.3", "ftp", "", "http://chat.test:3000");
}

void TestClientAddress::the_base_is_what_the_client_asked_for()
{
    QFETCH(const QString, peer);
    QFETCH(const QByteArray, proto);
    QFETCH(const QByteArray, forwardedHost);
    QFETCH(const QByteArray, base);
    QList<HeaderPair> headers{{"host", "chat.test:3000"}};
    if (!proto.isEmpty())
        headers.emplace_back("x-forwarded-proto", proto);
    if (!forwardedHost.isEmpty())
        headers.emplace_back("x-forwarded-host", forwardedHost);
    QCOMPARE(clientBaseUrl(headFrom(peer, headers), proxies), base);
}

QTEST_APPLESS_MAIN(TestClientAddress)
#include "tst_client_address.moc"
