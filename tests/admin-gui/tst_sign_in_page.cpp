// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/sign_in/sign_in_page.h"
#include "admin-gui/widgets/error_banner.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

class TestSignInPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void enter_signs_in();
    void an_address_that_is_none_is_marked_and_nothing_is_sent();
    void what_is_missing_gets_the_focus();
    void an_empty_form_marks_every_field();
    void a_wrong_password_can_be_typed_again();
    void a_server_that_does_not_answer_can_be_tried_again();
    void unencrypted_servers_are_warned_of();
    void the_last_account_is_filled_in();
    void a_kept_sign_in_comes_back_by_itself();
    void fields_are_locked_while_it_signs_in();
    void the_password_is_not_kept();
    void every_field_has_a_name_for_those_who_do_not_see_it();

private:
    template <typename T>
    T *find(const char *name) const
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }
    void type(const char *field, const QString &text)
    {
        auto *edit = find<QLineEdit>(field);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    void fill()
    {
        QLineEdit *server = find<QComboBox>("server")->lineEdit();
        server->selectAll();
        QTest::keyClicks(server, u"localhost:3000"_qs);
        type("account", u"ann"_qs);
        type("password", u"correct horse"_qs);
    }
    QString banner() const
    {
        const auto *error = m_page->findChild<ErrorBanner *>();
        return error->isVisible() ? error->text() : QString();
    }

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<SignInPage> m_page;
};

void TestSignInPage::init()
{
    m_page.reset();
    m_server = std::make_unique<FakeServer>();
    m_page = std::make_unique<SignInPage>(m_server->session, m_server->settings);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->begin();
}

void TestSignInPage::enter_signs_in()
{
    fill();
    find<QCheckBox>("remember")->setChecked(false);
    QTest::keyClick(find<QLineEdit>("password"), Qt::Key_Return);
    QTRY_COMPARE(m_server->session.state(), Session::State::SignedIn);
    QCOMPARE(m_server->session.server(), QUrl(u"http://localhost:3000"_qs));
    const auto &login = m_server->transport.requests().front();
    QCOMPARE(FakeTransport::line(login), "POST /api/v10/auth/login");
    QCOMPARE(login.body.value_or(QByteArray()),
             "{\"login\":\"ann\",\"password\":\"correct horse\"}");
    QVERIFY(m_server->keychain.entries.isEmpty());
}

void TestSignInPage::an_address_that_is_none_is_marked_and_nothing_is_sent()
{
    fill();
    find<QComboBox>("server")->setEditText(u"not a server"_qs);
    QTest::mouseClick(find<QPushButton>("submit"), Qt::LeftButton);
    QVERIFY(find<QComboBox>("server")->lineEdit()->property("invalid").toBool());
    QVERIFY(find<QComboBox>("server")->property("invalid").toBool()); // which has the frame
    QVERIFY(!banner().isEmpty());
    QVERIFY(m_server->transport.requests().empty());
}

void TestSignInPage::what_is_missing_gets_the_focus()
{
    fill();
    find<QLineEdit>("account")->clear();
    QTest::mouseClick(find<QPushButton>("submit"), Qt::LeftButton);
    QVERIFY(find<QLineEdit>("account")->hasFocus());
    QVERIFY(find<QLineEdit>("account")->property("invalid").toBool());
    QVERIFY(m_server->transport.requests().empty());
}

void TestSignInPage::an_empty_form_marks_every_field()
{
    QTest::mouseClick(find<QPushButton>("submit"), Qt::LeftButton);
    const std::array fields{find<QComboBox>("server")->lineEdit(), find<QLineEdit>("account"),
                            find<QLineEdit>("password")};
    for (const QLineEdit *field : fields)
        QVERIFY2(field->property("invalid").toBool(), qPrintable(field->objectName()));
    for (const QString &word : {u"server"_qs, u"account"_qs, u"password"_qs})
        QVERIFY2(banner().contains(word), qPrintable(banner()));
    QVERIFY(find<QComboBox>("server")->lineEdit()->hasFocus());
    fill();
    for (const QLineEdit *field : fields)
        QVERIFY2(!field->property("invalid").toBool(), qPrintable(field->objectName()));
}

void TestSignInPage::a_wrong_password_can_be_typed_again()
{
    m_server->answerWith(
        "POST /api/v10/auth/login", 401,
        "{\"code\":50035,\"message\":\"Invalid Form Body\",\"errors\":{\"password\":{"
        "\"_errors\":[{\"code\":\"INVALID_LOGIN\",\"message\":\"No.\"}]}}}");
    fill();
    QTest::mouseClick(find<QPushButton>("submit"), Qt::LeftButton);
    QTRY_VERIFY(!banner().isEmpty());
    QVERIFY(find<QLineEdit>("password")->hasFocus());
    QCOMPARE(find<QLineEdit>("password")->selectedText().size(), 13);
}

void TestSignInPage::a_server_that_does_not_answer_can_be_tried_again()
{
    m_server->answerWith("POST /api/v10/auth/login", 0);
    fill();
    QTest::mouseClick(find<QPushButton>("submit"), Qt::LeftButton);
    QTRY_VERIFY(!banner().isEmpty());
    const auto buttons = m_page->findChild<ErrorBanner *>()->findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 1);
    QVERIFY(buttons.front()->isVisible());
    QTest::mouseClick(buttons.front(), Qt::LeftButton);
    QCOMPARE(m_server->transport.requests().size(), size_t(2));
}

void TestSignInPage::unencrypted_servers_are_warned_of()
{
    const auto warned = [this] {
        for (const QLabel *label : m_page->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(u"https"_qs))
                return true;
        }
        return false;
    };
    find<QComboBox>("server")->setEditText(u"http://chat.example.org"_qs);
    QVERIFY(warned());
    find<QComboBox>("server")->setEditText(u"chat.example.org"_qs);
    QVERIFY(!warned());
}

void TestSignInPage::the_last_account_is_filled_in()
{
    m_server->settings.putServer({QUrl(u"https://old.example"_qs), u"bob"_qs, false});
    m_server->settings.putServer({QUrl(u"https://chat.example"_qs), u"ann"_qs, false});
    m_page = std::make_unique<SignInPage>(m_server->session, m_server->settings);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->begin();
    QCOMPARE(find<QComboBox>("server")->currentText(), u"chat.example"_qs);
    QCOMPARE(find<QLineEdit>("account")->text(), u"ann"_qs);
    QVERIFY(find<QLineEdit>("password")->hasFocus());
    QTest::keyClick(find<QComboBox>("server"), Qt::Key_Down);
    QCOMPARE(find<QLineEdit>("account")->text(), u"bob"_qs);
}

void TestSignInPage::a_kept_sign_in_comes_back_by_itself()
{
    m_server->keychain.entries.insert(u"ann@http://localhost:3000"_qs, u"kept"_qs);
    m_server->settings.putServer({QUrl(u"http://localhost:3000"_qs), u"ann"_qs, true});
    m_page->begin();
    QTRY_COMPARE(m_server->session.state(), Session::State::SignedIn);
}

void TestSignInPage::fields_are_locked_while_it_signs_in()
{
    fill();
    QTest::mouseClick(find<QPushButton>("submit"), Qt::LeftButton);
    QCOMPARE(m_server->session.state(), Session::State::Busy);
    QVERIFY(!find<QPushButton>("submit")->isEnabled());
    QVERIFY(!find<QLineEdit>("password")->isEnabled());
    m_server->session.cancel();
    QVERIFY(find<QPushButton>("submit")->isEnabled());
}

void TestSignInPage::the_password_is_not_kept()
{
    fill();
    QTest::mouseClick(find<QPushButton>("submit"), Qt::LeftButton);
    QTRY_COMPARE(m_server->session.state(), Session::State::SignedIn);
    QVERIFY(find<QLineEdit>("password")->text().isEmpty());
}

void TestSignInPage::every_field_has_a_name_for_those_who_do_not_see_it()
{
    for (const QWidget *field : std::initializer_list<QWidget *>{
             find<QComboBox>("server"), find<QLineEdit>("account"), find<QLineEdit>("password")}) {
        const auto labels = m_page->findChildren<QLabel *>();
        const bool named = std::any_of(labels.begin(), labels.end(), [field](const QLabel *label) {
            return label->buddy() == field;
        });
        QVERIFY2(named, qPrintable(field->objectName()));
    }
}

QTEST_MAIN(TestSignInPage)
#include "tst_sign_in_page.moc"
