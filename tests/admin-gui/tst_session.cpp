// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/server_address.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QSignalSpy>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// Signing in, coming back, signing out; and what is remembered of it.
class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void addresses_are_read_as_people_type_them_data();
    void addresses_are_read_as_people_type_them();
    void an_address_that_others_can_listen_to_is_told();
    void signing_in_opens_the_gateway_the_server_names();
    void the_token_is_kept_only_when_asked_for();
    void without_a_keychain_it_says_so_and_goes_on();
    void it_comes_back_with_a_kept_token();
    void a_kept_token_that_is_refused_asks_for_the_password();
    void a_keychain_that_forgot_asks_for_the_password();
    void a_wrong_password_is_told();
    void a_cancelled_sign_in_stays_out();
    void signing_out_tells_the_server_and_forgets();
    void a_token_revoked_elsewhere_signs_out();
    void settings_remember_servers_but_no_secrets();

private:
    static QUrl server() { return QUrl(u"http://localhost:3000"_qs); }
    void signIn(bool remember)
    {
        m_server->session.signIn(server(), u"Ann"_qs, u"correct horse"_qs, remember);
    }
    Session::State state() const { return m_server->session.state(); }
    ServerProfile profile() const { return {server(), u"Ann"_qs, true}; }

    std::unique_ptr<FakeServer> m_server;
};

void TestSession::init()
{
    m_server = std::make_unique<FakeServer>();
}

void TestSession::addresses_are_read_as_people_type_them_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url");
    QTest::newRow("name") << u"chat.example.org"_qs << u"https://chat.example.org"_qs;
    QTest::newRow("blanks around") << u"  chat.example.org/ "_qs << u"https://chat.example.org"_qs;
    QTest::newRow("port") << u"chat.example.org:8443"_qs << u"https://chat.example.org:8443"_qs;
    QTest::newRow("path") << u"example.org/chat/"_qs << u"https://example.org/chat"_qs;
    QTest::newRow("this computer") << u"localhost:3000"_qs << u"http://localhost:3000"_qs;
    QTest::newRow("loopback") << u"127.0.0.1:3000"_qs << u"http://127.0.0.1:3000"_qs;
    QTest::newRow("loopback 6") << u"[::1]:3000"_qs << u"http://[::1]:3000"_qs;
    QTest::newRow("scheme") << u"http://chat.example.org"_qs << u"http://chat.example.org"_qs;
    QTest::newRow("query goes") << u"https://a.example/?x=1#y"_qs << u"https://a.example"_qs;
    QTest::newRow("empty") << u" "_qs << QString();
    QTest::newRow("words") << u"my server"_qs << QString();
    QTest::newRow("another scheme") << u"ftp://example.org"_qs << QString();
    QTest::newRow("password in it") << u"https://ann:pw@example.org"_qs << QString();
    QTest::newRow("bad port") << u"example.org:99999999"_qs << QString();
}

void TestSession::addresses_are_read_as_people_type_them()
{
    QFETCH(QString, typed);
    QFETCH(QString, url);
    const auto parsed = parseServerAddress(typed);
    QCOMPARE(parsed ? parsed->toString() : QString(), url);
}

void TestSession::an_address_that_others_can_listen_to_is_told()
{
    QVERIFY(isReadableOnTheWay(QUrl(u"http://chat.example.org"_qs)));
    QVERIFY(!isReadableOnTheWay(QUrl(u"https://chat.example.org"_qs)));
    QVERIFY(!isReadableOnTheWay(QUrl(u"http://127.0.0.1:3000"_qs)));
    QCOMPARE(serverText(QUrl(u"https://chat.example.org"_qs)), u"chat.example.org"_qs);
    QCOMPARE(serverText(QUrl(u"http://localhost:3000"_qs)), u"http://localhost:3000"_qs);
}

void TestSession::signing_in_opens_the_gateway_the_server_names()
{
    m_server->signIn();
    QCOMPARE(state(), Session::State::SignedIn);
    QCOMPARE(m_server->session.self().id, ann);
    QCOMPARE(m_server->socket->urls.front().host(), u"gateway.example"_qs);
    QVERIFY(m_server->session.feed().link().status().isLive());
    QVERIFY(m_server->socket->sent.front().contains("\"token\":\"token-1\""));
}

void TestSession::the_token_is_kept_only_when_asked_for()
{
    signIn(false);
    QTRY_COMPARE(state(), Session::State::SignedIn);
    QVERIFY(m_server->keychain.entries.isEmpty());
    QCOMPARE(m_server->settings.servers().front().remembered, false);
    m_server->session.signOut();
    signIn(true);
    QTRY_COMPARE(m_server->keychain.entries.values(), QStringList{u"token-1"_qs});
    QCOMPARE(m_server->settings.servers().front().remembered, true);
    QCOMPARE(m_server->settings.servers().size(), size_t(1));
}

void TestSession::without_a_keychain_it_says_so_and_goes_on()
{
    m_server->keychain.available = false;
    QSignalSpy told(&m_server->session, &Session::keptForSessionOnly);
    signIn(true);
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(state(), Session::State::SignedIn);
    QCOMPARE(m_server->settings.servers().front().remembered, false);
}

void TestSession::it_comes_back_with_a_kept_token()
{
    m_server->keychain.entries.insert(u"ann@http://localhost:3000"_qs, u"kept"_qs);
    m_server->session.restore(profile());
    QTRY_COMPARE(state(), Session::State::SignedIn);
    QTRY_VERIFY(!m_server->socket->urls.isEmpty());
    m_server->socket->hello();
    QVERIFY(m_server->socket->sent.front().contains("\"token\":\"kept\""));
}

void TestSession::a_kept_token_that_is_refused_asks_for_the_password()
{
    m_server->keychain.entries.insert(u"ann@http://localhost:3000"_qs, u"old"_qs);
    m_server->answerWith("GET /api/v10/users/@me", 401,
                         "{\"message\":\"401: Unauthorized\",\"code\":0}");
    QSignalSpy asked(&m_server->session, &Session::passwordNeeded);
    m_server->session.restore(profile());
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(state(), Session::State::SignedOut);
    QVERIFY(m_server->keychain.entries.isEmpty()); // it will not be of use again
    QVERIFY(m_server->socket->urls.isEmpty());
}

void TestSession::a_keychain_that_forgot_asks_for_the_password()
{
    m_server->session.restore(profile());
    QTRY_COMPARE(state(), Session::State::SignedOut);
    QVERIFY(m_server->transport.requests().empty());
}

void TestSession::a_wrong_password_is_told()
{
    m_server->answerWith("POST /api/v10/auth/login", 401,
                         "{\"code\":50035,\"message\":\"Invalid Form Body\",\"errors\":{\"login\":{"
                         "\"_errors\":[{\"code\":\"INVALID_LOGIN\",\"message\":\"No.\"}]}}}");
    QSignalSpy failed(&m_server->session, &Session::failed);
    signIn(true);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(state(), Session::State::SignedOut);
    QVERIFY(m_server->keychain.entries.isEmpty());
    QVERIFY(m_server->settings.servers().empty());
}

void TestSession::a_cancelled_sign_in_stays_out()
{
    signIn(true);
    QCOMPARE(state(), Session::State::Busy);
    m_server->session.cancel();
    QCOMPARE(state(), Session::State::SignedOut);
    QCoreApplication::processEvents(); // the answer comes now
    QCOMPARE(state(), Session::State::SignedOut);
    QVERIFY(m_server->keychain.entries.isEmpty());
}

void TestSession::signing_out_tells_the_server_and_forgets()
{
    signIn(true);
    QTRY_COMPARE(state(), Session::State::SignedIn);
    QTRY_VERIFY(!m_server->keychain.entries.isEmpty());
    m_server->session.signOut();
    QCOMPARE(m_server->transport.lastLine(), "POST /api/v10/auth/logout");
    QCOMPARE(m_server->transport.last().authorization.reveal(), "Bearer token-1");
    QCOMPARE(state(), Session::State::SignedOut);
    QVERIFY(m_server->keychain.entries.isEmpty());
    QCOMPARE(m_server->settings.servers().front().remembered, false);
}

void TestSession::a_token_revoked_elsewhere_signs_out()
{
    m_server->signIn();
    QSignalSpy asked(&m_server->session, &Session::passwordNeeded);
    m_server->socket->breakOff(4004, u"Authentication failed."_qs);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(state(), Session::State::SignedOut);
}

void TestSession::settings_remember_servers_but_no_secrets()
{
    signIn(true);
    QTRY_COMPARE(state(), Session::State::SignedIn);
    Settings &settings = m_server->settings;
    settings.putServer({QUrl(u"https://other.example"_qs), u"bob"_qs, false});
    QCOMPARE(settings.servers().front().account, u"bob"_qs);
    settings.putServer({server(), u"ANN"_qs, false}); // the same account, typed differently
    QCOMPARE(settings.servers().size(), size_t(2));
    settings.setLayout(u"window"_qs, "state");
    settings.forgetLayouts();
    QVERIFY(settings.layout(u"window"_qs).isEmpty());
    settings.removeServer({QUrl(u"https://other.example"_qs), u"Bob"_qs});
    QCOMPARE(settings.servers().size(), size_t(1));
    settings.sync();
    QFile file(m_server->folder.filePath(u"console.ini"_qs));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(!text.contains("token-1"));
    QVERIFY(!text.contains("horse"));
}

QTEST_MAIN(TestSession)
#include "tst_session.moc"
