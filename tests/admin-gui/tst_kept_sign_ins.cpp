// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/sign_in/sign_in_page.h"
#include "admin-gui/widgets/error_banner.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace guildhall;
using namespace guildhall::console;

/// Sign-ins that the keychain has of an earlier time, of one server and of several.
class TestKeptSignIns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void another_kept_server_needs_no_password();
    void an_account_that_is_not_kept_needs_its_password();
    void a_server_that_is_down_at_start_can_be_tried_again();
    void a_password_goes_before_a_kept_sign_in();
    void signing_in_without_keeping_removes_the_older_one();
    void a_sign_in_that_ended_is_not_offered_again();
    void a_keychain_without_the_sign_in_asks_for_the_password();
    void a_keychain_that_is_locked_can_be_tried_again();
    void a_saved_server_is_removed_with_its_sign_in();
    void a_sign_in_that_the_keychain_does_not_give_up_is_told();
    void what_is_not_saved_cannot_be_removed();

private:
    template <typename T>
    T *find(const char *name) const
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }
    QString banner() const
    {
        const auto *error = m_page->findChild<ErrorBanner *>();
        return error->isVisible() ? error->text() : QString();
    }
    QPushButton *retry() const
    {
        auto *button = m_page->findChild<ErrorBanner *>()->findChild<QPushButton *>();
        return button->isVisible() ? button : nullptr;
    }
    Session::State state() const { return m_server->session.state(); }
    QStringList kept() const { return m_server->keychain.entries.keys(); }
    void save(const QString &host, bool remembered);
    void begin();
    void chooseFromList(const QString &text);
    void click(const char *button)
    {
        QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton);
    }

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<SignInPage> m_page;
};

void TestKeptSignIns::init()
{
    m_page.reset();
    m_server = std::make_unique<FakeServer>();
}

/// The server saved last is the first in the list.
void TestKeptSignIns::save(const QString &host, bool remembered)
{
    const QUrl url(u"https://"_qs + host);
    m_server->settings.putServer({url, u"ann"_qs, remembered});
    if (remembered)
        m_server->keychain.entries.insert(u"ann@"_qs + url.toString(), u"token of "_qs + host);
}

void TestKeptSignIns::begin()
{
    m_page = std::make_unique<SignInPage>(m_server->session, m_server->settings);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->begin();
}

void TestKeptSignIns::chooseFromList(const QString &text)
{
    auto *servers = find<QComboBox>("server");
    servers->showPopup();
    const int row = servers->findText(u"ann on "_qs + text);
    QVERIFY2(row >= 0, qPrintable(text));
    const QModelIndex index = servers->model()->index(row, 0);
    servers->view()->setCurrentIndex(index);
    QTest::keyClick(servers->view(), Qt::Key_Return);
    QTRY_COMPARE(servers->currentText(), text);
}

void TestKeptSignIns::another_kept_server_needs_no_password()
{
    save(u"old.example"_qs, true);
    save(u"new.example"_qs, false);
    begin();
    QCOMPARE(state(), Session::State::SignedOut);
    chooseFromList(u"old.example"_qs);
    QVERIFY2(find<QLineEdit>("password")->placeholderText().contains(u"keychain"_qs),
             qPrintable(find<QLineEdit>("password")->placeholderText()));
    click("submit");
    QTRY_COMPARE(state(), Session::State::SignedIn);
    QCOMPARE(m_server->session.server(), QUrl(u"https://old.example"_qs));
    QCOMPARE(m_server->transport.requests().front().authorization.reveal(),
             "Bearer token of old.example");
}

void TestKeptSignIns::an_account_that_is_not_kept_needs_its_password()
{
    save(u"old.example"_qs, true);
    save(u"new.example"_qs, false);
    begin();
    chooseFromList(u"old.example"_qs);
    auto *account = find<QLineEdit>("account");
    account->setFocus();
    account->selectAll();
    QTest::keyClicks(account, u"bob"_qs);
    QVERIFY(find<QLineEdit>("password")->placeholderText().isEmpty());
    click("submit");
    QVERIFY(find<QLineEdit>("password")->hasFocus());
    QVERIFY(m_server->transport.requests().empty());
}

void TestKeptSignIns::a_server_that_is_down_at_start_can_be_tried_again()
{
    save(u"chat.example"_qs, true);
    m_server->answerNext(2, "GET /api/v10/users/@me", 0);
    begin();
    QTRY_VERIFY(!banner().isEmpty());
    QCOMPARE(state(), Session::State::SignedOut);
    QVERIFY(retry() != nullptr);
    QTest::mouseClick(retry(), Qt::LeftButton); // it is still down
    QTRY_COMPARE(m_server->transport.requests().size(), size_t(2));
    QTRY_VERIFY(retry() != nullptr);
    QTest::mouseClick(retry(), Qt::LeftButton);
    QTRY_COMPARE(state(), Session::State::SignedIn);
    QCOMPARE(kept().size(), 1);
    QVERIFY(m_server->settings.servers().front().remembered);
}

void TestKeptSignIns::a_password_goes_before_a_kept_sign_in()
{
    save(u"chat.example"_qs, true);
    m_server->answerNext(1, "GET /api/v10/users/@me", 503);
    begin();
    QTRY_VERIFY(!banner().isEmpty());
    QTest::keyClicks(find<QLineEdit>("password"), u"correct horse"_qs);
    m_server->transport.forget();
    click("submit");
    QTRY_COMPARE(state(), Session::State::SignedIn);
    QCOMPARE(m_server->transport.lines().front(), "POST /api/v10/auth/login");
    QTRY_COMPARE(m_server->keychain.entries.values(), QStringList{u"token-1"_qs});
}

void TestKeptSignIns::signing_in_without_keeping_removes_the_older_one()
{
    save(u"chat.example"_qs, true);
    m_server->answerNext(1, "GET /api/v10/users/@me", 503);
    begin();
    QTRY_VERIFY(!banner().isEmpty());
    QTest::keyClicks(find<QLineEdit>("password"), u"correct horse"_qs);
    QTest::mouseClick(find<QCheckBox>("remember"), Qt::LeftButton, {}, QPoint(8, 10));
    QVERIFY(!find<QCheckBox>("remember")->isChecked());
    click("submit");
    QTRY_COMPARE(state(), Session::State::SignedIn);
    QTRY_COMPARE(kept(), QStringList());
    QVERIFY(!m_server->settings.servers().front().remembered);
}

void TestKeptSignIns::a_sign_in_that_ended_is_not_offered_again()
{
    save(u"chat.example"_qs, true);
    m_server->answerWith("GET /api/v10/users/@me", 401,
                         "{\"message\":\"401: Unauthorized\",\"code\":0}");
    begin();
    QTRY_VERIFY(!banner().isEmpty());
    QVERIFY(retry() == nullptr);
    QVERIFY(kept().isEmpty());
    QVERIFY(!m_server->settings.servers().front().remembered);
    QVERIFY(find<QLineEdit>("password")->placeholderText().isEmpty());
    QVERIFY(find<QLineEdit>("password")->hasFocus());
}

void TestKeptSignIns::a_keychain_without_the_sign_in_asks_for_the_password()
{
    m_server->settings.putServer({QUrl(u"https://chat.example"_qs), u"ann"_qs, true});
    begin();
    QTRY_VERIFY(!banner().isEmpty()); // it says so, and why
    QVERIFY(find<QLineEdit>("password")->hasFocus());
    QVERIFY(!m_server->settings.servers().front().remembered);
}

void TestKeptSignIns::a_keychain_that_is_locked_can_be_tried_again()
{
    save(u"chat.example"_qs, true);
    m_server->keychain.available = false;
    begin();
    QTRY_VERIFY(retry() != nullptr);
    QVERIFY(banner().contains(u"no keychain"_qs));
    QVERIFY(m_server->settings.servers().front().remembered);
    m_server->keychain.available = true;
    QTest::mouseClick(retry(), Qt::LeftButton);
    QTRY_COMPARE(state(), Session::State::SignedIn);
}

void TestKeptSignIns::a_saved_server_is_removed_with_its_sign_in()
{
    save(u"old.example"_qs, true);
    m_server->settings.putServer({QUrl(u"https://old.example"_qs), u"bob"_qs, false});
    save(u"new.example"_qs, false);
    begin();
    auto *servers = find<QComboBox>("server");
    chooseFromList(u"old.example"_qs);
    QCOMPARE(find<QLineEdit>("account")->text(), u"ann"_qs);
    click("forgetServer");
    QTRY_COMPARE(kept(), QStringList());
    QCOMPARE(servers->count(), 2);
    QCOMPARE(m_server->settings.servers().front().server.host(), u"new.example"_qs);
    QCOMPARE(m_server->settings.servers().back().account, u"bob"_qs); // another account's stays
    QVERIFY(servers->currentText() != u"old.example"
            || find<QLineEdit>("account")->text() != u"ann");
}

void TestKeptSignIns::a_sign_in_that_the_keychain_does_not_give_up_is_told()
{
    save(u"old.example"_qs, true);
    save(u"new.example"_qs, false);
    begin();
    chooseFromList(u"old.example"_qs);
    m_server->keychain.available = false;
    click("forgetServer");
    QTRY_VERIFY2(banner().contains(u"no keychain"_qs), qPrintable(banner()));
}

void TestKeptSignIns::what_is_not_saved_cannot_be_removed()
{
    begin();
    auto *forget = find<QToolButton>("forgetServer");
    QVERIFY(!forget->isEnabled());
    find<QComboBox>("server")->setEditText(u"somewhere.example"_qs);
    QVERIFY(!forget->isEnabled());
    QVERIFY(!forget->toolTip().isEmpty());
}

QTEST_MAIN(TestKeptSignIns)
#include "tst_kept_sign_ins.moc"
