// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/main_window.h"
#include "admin-gui/models/invite_code.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/theme.h"
#include "shared/dto/invite.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// How an account without guilds comes to one.
class TestAddingGuilds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void an_account_without_guilds_is_shown_what_to_do();
    void a_guild_is_made_listed_and_chosen();
    void an_invite_is_accepted_and_its_guild_chosen();
    void the_code_is_found_in_what_was_pasted_data();
    void the_code_is_found_in_what_was_pasted();
    void the_event_may_be_faster_than_the_answer();
    void a_refusal_stands_below_the_field_and_can_be_corrected();
    void an_unknown_invite_is_explained();
    void nothing_typed_is_not_sent();
    void a_wait_is_waited_and_told();
    void both_are_in_the_file_menu();
    void while_the_connection_is_lost_neither_is_possible();
    void signing_out_closes_the_question();

private:
    template <typename T>
    T *find(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }
    QDialog *dialog() const { return find<QDialog>(u"addGuildDialog"_qs); }
    QLineEdit *line() const { return dialog()->findChild<QLineEdit *>(u"line"_qs); }
    QString banner() const
    {
        const auto *error = dialog()->findChild<ErrorBanner *>();
        return error->isVisible() ? error->text() : QString();
    }
    QPushButton *button(const QString &text) const;
    void ask(const QString &button);
    void answerLists(const QByteArray &id, const QByteArray &name);
    static QByteArray created(GuildId id, const QString &name);
    static QByteArray accepted(GuildId id, const QString &name);

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void TestAddingGuilds::init()
{
    m_window.reset();
    m_theme.reset();
    m_theme = std::make_unique<Theme>();
    m_server = std::make_unique<FakeServer>();
    m_server->answerWith("GET /api/v10/users/@me/guilds", 200, "[]");
    m_window = std::make_unique<MainWindow>(m_server->session, m_server->settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_server->session.signIn(QUrl(u"http://localhost:3000"_qs), u"ann"_qs, u"correct horse"_qs,
                             false);
    QTRY_VERIFY(!m_server->socket->urls.isEmpty());
    m_server->ready(ann, {});
}

QPushButton *TestAddingGuilds::button(const QString &text) const
{
    for (QPushButton *candidate : m_window->findChildren<QPushButton *>()) {
        if (candidate->isVisible() && candidate->text().contains(text))
            return candidate;
    }
    return nullptr;
}

void TestAddingGuilds::ask(const QString &text)
{
    QTRY_VERIFY(button(text) != nullptr);
    QTest::mouseClick(button(text), Qt::LeftButton);
    QVERIFY(dialog() != nullptr);
    QVERIFY(QTest::qWaitForWindowActive(dialog()));
    QTRY_VERIFY(line()->hasFocus());
}

void TestAddingGuilds::answerLists(const QByteArray &id, const QByteArray &name)
{
    m_server->answerWith("GET /api/v10/users/@me/guilds", 200,
                         "[{\"id\":\"" + id + "\",\"name\":\"" + name
                             + "\",\"icon\":null,\"banner\":null,\"owner\":true,"
                               "\"permissions\":\"8\",\"features\":[]}]");
}

QByteArray TestAddingGuilds::created(GuildId id, const QString &name)
{
    CreatedGuild guild;
    guild.id = id;
    guild.name = name;
    guild.ownerId = ann;
    return json::encode(guild);
}

QByteArray TestAddingGuilds::accepted(GuildId id, const QString &name)
{
    AcceptedInvite invite;
    invite.code = u"abc123"_qs;
    invite.guild.id = id;
    invite.guild.name = name;
    invite.guildId = id;
    invite.newMember = true;
    return json::encode(invite);
}

void TestAddingGuilds::an_account_without_guilds_is_shown_what_to_do()
{
    QTRY_VERIFY(button(u"Make a guild"_qs) != nullptr);
    QVERIFY(button(u"Join with an invite"_qs) != nullptr);
    QVERIFY(button(u"Make a guild"_qs)->isEnabled());
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::AltModifier);
    QVERIFY(button(u"Make a guild"_qs)->hasFocus()); // Space or Enter is all it takes
}

void TestAddingGuilds::a_guild_is_made_listed_and_chosen()
{
    m_server->answerWith("POST /api/v10/guilds", 201, created(GuildId(7000), u"Mill"_qs));
    answerLists("7000", "Mill");
    ask(u"Make a guild"_qs);
    m_server->transport.forget();
    QTest::keyClicks(line(), u" Mill "_qs);
    QTest::keyClick(line(), Qt::Key_Return);
    QTRY_COMPARE(find<QComboBox>(u"guildChooser"_qs)->currentText(), u"Mill"_qs);
    QCOMPARE(FakeTransport::line(m_server->transport.requests().front()), "POST /api/v10/guilds");
    QCOMPARE(m_server->transport.requests().front().body.value_or(QByteArray()),
             "{\"name\":\"Mill\"}");
    const auto *table = find<QTableView>(u"guildTable"_qs);
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->currentIndex().data().toString(), u"Mill"_qs);
    QTRY_VERIFY(dialog() == nullptr);
}

void TestAddingGuilds::an_invite_is_accepted_and_its_guild_chosen()
{
    m_server->answerWith("POST /api/v10/invites/abc123", 200, accepted(GuildId(7000), u"Mill"_qs));
    m_server->ready(ann, {m_server->guild});
    answerLists("1000", "The Hall"); // older than the joining
    QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
    QVERIFY(QTest::qWaitForWindowActive(dialog()));
    QTest::keyClicks(line(), u"https://chat.example.org/invite/abc123"_qs);
    QTest::keyClick(line(), Qt::Key_Return);
    QTRY_VERIFY(dialog() == nullptr);
    QTest::qWait(150); // the list has come, without it
    m_server->socket->dispatch("GUILD_CREATE",
                               json::encode(FakeServer::otherGuild(GuildId(7000), u"Mill"_qs)));
    QTRY_COMPARE(find<QComboBox>(u"guildChooser"_qs)->currentText(), u"Mill"_qs);
}

void TestAddingGuilds::the_code_is_found_in_what_was_pasted_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("code");
    QTest::newRow("the code") << u"abc123"_qs << u"abc123"_qs;
    QTest::newRow("with blanks around") << u"  abc123 \n"_qs << u"abc123"_qs;
    QTest::newRow("a link") << u"https://chat.example.org/invite/abc123"_qs << u"abc123"_qs;
    QTest::newRow("without its scheme") << u"chat.example.org/abc123"_qs << u"abc123"_qs;
    QTest::newRow("with a slash at its end")
        << u"https://a.example/invite/abc123/"_qs << u"abc123"_qs;
    QTest::newRow("with a query") << u"https://a.example/invite/abc123?from=x/y#z"_qs
                                  << u"abc123"_qs;
    QTest::newRow("a sentence") << u"come to abc123"_qs << QString();
    QTest::newRow("blanks") << u"   "_qs << QString();
    QTest::newRow("slashes") << u"//"_qs << QString();
}

void TestAddingGuilds::the_code_is_found_in_what_was_pasted()
{
    QFETCH(QString, typed);
    QFETCH(QString, code);
    QCOMPARE(inviteCodeOf(typed), code);
}

void TestAddingGuilds::the_event_may_be_faster_than_the_answer()
{
    m_server->ready(ann, {m_server->guild, FakeServer::otherGuild(GuildId(7000), u"Mill"_qs)});
    m_window->chooseGuild(hall);
    m_server->answerWith("GET /api/v10/users/@me/guilds", 500); // and the list may not come
    m_server->answerWith("POST /api/v10/invites/abc123", 200, accepted(GuildId(7000), u"Mill"_qs));
    QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
    QTest::keyClicks(line(), u"abc123"_qs);
    QTest::keyClick(line(), Qt::Key_Return);
    QTRY_COMPARE(find<QComboBox>(u"guildChooser"_qs)->currentText(), u"Mill"_qs);
}

void TestAddingGuilds::a_refusal_stands_below_the_field_and_can_be_corrected()
{
    m_server->answerNext(1, "POST /api/v10/guilds", 400,
                         "{\"code\":50035,\"message\":\"Invalid Form Body\",\"errors\":{\"name\":{"
                         "\"_errors\":[{\"code\":\"X\",\"message\":\"Between 2 and 100.\"}]}}}");
    ask(u"Make a guild"_qs);
    QTest::keyClicks(line(), u"M"_qs);
    QTest::keyClick(line(), Qt::Key_Return);
    QTRY_COMPARE(banner(), u"Between 2 and 100."_qs);
    QVERIFY(line()->hasFocus());
    QVERIFY(line()->property("invalid").toBool());
    QTest::keyClicks(line(), u"Mill"_qs); // over the one that is selected
    QCOMPARE(line()->text(), u"Mill"_qs);
    QVERIFY(!line()->property("invalid").toBool());
    QVERIFY(dialog()->findChild<QPushButton *>(u"confirmAdd"_qs)->isEnabled());
}

void TestAddingGuilds::an_unknown_invite_is_explained()
{
    m_server->answerWith("POST /api/v10/invites/", 404,
                         "{\"code\":10006,\"message\":\"Unknown Invite\"}");
    ask(u"Join with an invite"_qs);
    QTest::keyClicks(line(), u"gone"_qs);
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"confirmAdd"_qs), Qt::LeftButton);
    QTRY_VERIFY(banner().contains(u"no such invite"_qs));
}

void TestAddingGuilds::nothing_typed_is_not_sent()
{
    ask(u"Make a guild"_qs);
    m_server->transport.forget();
    QTest::keyClick(line(), Qt::Key_Return);
    QVERIFY(!banner().isEmpty());
    QVERIFY(m_server->transport.requests().empty());
    QTest::keyClick(line(), Qt::Key_Escape);
    QTRY_VERIFY(dialog() == nullptr);
}

void TestAddingGuilds::a_wait_is_waited_and_told()
{
    m_server->answerWith("POST /api/v10/guilds", 201, created(GuildId(7000), u"Mill"_qs));
    m_server->answerNext(1, "POST /api/v10/guilds", 429,
                         "{\"message\":\"\",\"retry_after\":0.3,\"global\":false}");
    answerLists("7000", "Mill");
    ask(u"Make a guild"_qs);
    QTest::keyClicks(line(), u"Mill"_qs);
    QTest::keyClick(line(), Qt::Key_Return);
    const auto told = [this] {
        const auto labels = dialog() ? dialog()->findChildren<QLabel *>() : QList<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text().contains(u"asks to wait"_qs);
        });
    };
    QTRY_VERIFY(told());
    QVERIFY(banner().isEmpty()); // it is no failure
    QTRY_COMPARE(find<QComboBox>(u"guildChooser"_qs)->currentText(), u"Mill"_qs);
}

void TestAddingGuilds::both_are_in_the_file_menu()
{
    const QMenu *file = m_window->menuBar()->actions().front()->menu();
    for (const QString &name : {u"makeGuild"_qs, u"joinGuild"_qs}) {
        auto *action = find<QAction>(name);
        QVERIFY(file->actions().contains(action));
        QVERIFY(!action->shortcut().isEmpty());
    }
    m_server->ready(ann, {m_server->guild});
    m_window->showPage(2);
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(dialog() != nullptr);
    QCOMPARE(dialog()->windowTitle(), u"Make a guild"_qs);
}

void TestAddingGuilds::while_the_connection_is_lost_neither_is_possible()
{
    m_server->socket->breakOff();
    QVERIFY(!find<QAction>(u"makeGuild"_qs)->isEnabled());
    QVERIFY(!find<QAction>(u"joinGuild"_qs)->isEnabled());
    QVERIFY(find<QAction>(u"joinGuild"_qs)->toolTip().contains(u"connection"_qs));
}

void TestAddingGuilds::signing_out_closes_the_question()
{
    ask(u"Make a guild"_qs);
    m_server->session.signOut();
    QTRY_VERIFY(dialog() == nullptr);
    QVERIFY(!find<QAction>(u"makeGuild"_qs)->isEnabled());
}

QTEST_MAIN(TestAddingGuilds)
#include "tst_adding_guilds.moc"
