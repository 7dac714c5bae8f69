// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/network_transport.h"
#include "admin-gui/pages/sign_in/sign_in_page.h"
#include "admin-gui/pages/sign_in/sign_in_problem.h"
#include "admin-gui/widgets/error_banner.h"
#include "tests/admin-gui/support/fake_keychain.h"
#include "tests/admin-gui/support/scripted_socket.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// What is said when something else answers at an address, or nothing. The network is a real one,
/// of this computer: what Qt and OpenSSL make of it is what matters.
class TestWrongAddresses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void an_address_where_nothing_listens_is_named();
    void another_service_is_no_guildhall_server();
    void https_to_a_plain_port_says_so();
    void a_server_that_is_down_behind_its_proxy_is_no_wrong_address();
    void other_reasons_have_their_words_data();
    void other_reasons_have_their_words();

private:
    void listen(const QByteArray &answer);
    void submit(const QString &address);
    QLineEdit *server() const { return m_page->findChild<QComboBox *>(u"server"_qs)->lineEdit(); }
    QString banner() const
    {
        const auto *error = m_page->findChild<ErrorBanner *>();
        return error->isVisible() ? error->text() : QString();
    }
    bool isServerAtFault() const
    {
        return server()->hasFocus() && server()->property("invalid").toBool();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QTcpServer> m_service;
    NetworkTransport m_network;
    FakeKeychain m_keychain;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<SignInPage> m_page;
};

void TestWrongAddresses::init()
{
    m_page.reset();
    m_session.reset();
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"console.ini"_qs));
    m_session = std::make_unique<Session>(m_network, std::make_unique<ScriptedSocket>(), m_keychain,
                                          *m_settings);
    m_page = std::make_unique<SignInPage>(*m_session, *m_settings);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestWrongAddresses::listen(const QByteArray &answer)
{
    m_service = std::make_unique<QTcpServer>();
    QVERIFY(m_service->listen(QHostAddress::LocalHost));
    connect(m_service.get(), &QTcpServer::newConnection, this, [this, answer] {
        QTcpSocket *socket = m_service->nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
            socket->readAll();
            socket->write(answer);
            socket->disconnectFromHost();
        });
    });
}

void TestWrongAddresses::submit(const QString &address)
{
    server()->setText(address);
    m_page->findChild<QLineEdit *>(u"account"_qs)->setText(u"ann"_qs);
    m_page->findChild<QLineEdit *>(u"password"_qs)->setText(u"correct horse"_qs);
    QTest::mouseClick(m_page->findChild<QPushButton *>(u"submit"_qs), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!banner().isEmpty(), 20000);
}

void TestWrongAddresses::an_address_where_nothing_listens_is_named()
{
    listen({});
    const QString address = u"http://127.0.0.1:%1"_qs.arg(m_service->serverPort());
    m_service->close();
    submit(address);
    QVERIFY2(banner().contains(address), qPrintable(banner()));
    QVERIFY2(banner().contains(u"refused"_qs), qPrintable(banner()));
    QVERIFY(isServerAtFault());
}

void TestWrongAddresses::another_service_is_no_guildhall_server()
{
    listen("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 27\r\nConnection: close\r\n\r\n"
           "{\"detail\":\"Not an allowed\"}");
    submit(u"http://127.0.0.1:%1"_qs.arg(m_service->serverPort()));
    QVERIFY2(banner().contains(u"no Guildhall server"_qs), qPrintable(banner()));
    QVERIFY(isServerAtFault());
}

void TestWrongAddresses::https_to_a_plain_port_says_so()
{
    listen("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    const QString port = QString::number(m_service->serverPort());
    submit(u"https://127.0.0.1:"_qs + port);
    QVERIFY2(banner().contains(u"plain http"_qs), qPrintable(banner()));
    QVERIFY2(banner().contains(u"http://127.0.0.1:"_qs + port), qPrintable(banner()));
    QVERIFY2(!banner().contains(u"SSL"_qs), qPrintable(banner()));
    QVERIFY(isServerAtFault());
}

void TestWrongAddresses::a_server_that_is_down_behind_its_proxy_is_no_wrong_address()
{
    listen("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>");
    submit(u"http://127.0.0.1:%1"_qs.arg(m_service->serverPort()));
    QVERIFY2(banner().contains(u"502"_qs), qPrintable(banner()));
    QVERIFY(!isServerAtFault());
}

void TestWrongAddresses::other_reasons_have_their_words_data()
{
    QTest::addColumn<int>("why");
    QTest::addColumn<QString>("word");
    QTest::newRow("unknown host") << int(NoAnswer::UnknownHost) << u"“chat.example”"_qs;
    QTest::newRow("too late") << int(NoAnswer::TooLate) << u"in time"_qs;
    QTest::newRow("anything else") << int(NoAnswer::Other) << QString();
}

void TestWrongAddresses::other_reasons_have_their_words()
{
    QFETCH(int, why);
    QFETCH(QString, word);
    CallError error;
    error.answered = false;
    error.noAnswer = NoAnswer(why);
    const QString said = addressProblem(error, QUrl(u"https://chat.example"_qs));
    QCOMPARE(said.isEmpty(), word.isEmpty());
    QVERIFY2(said.contains(word), qPrintable(said));
}

QTEST_MAIN(TestWrongAddresses)
#include "tst_wrong_addresses.moc"
