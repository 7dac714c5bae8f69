// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/notice_banner.h"
#include "tests/admin-gui/support/shown_window.h"

#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// An event that cannot be read means that something on the screen is wrong: it is told, and what
/// is shown is fetched again.
class TestMissedEvents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void it_is_told_and_everything_is_fetched_again();
    void many_of_them_fetch_once_and_once_more_at_the_end();
    void who_left_unseen_is_gone_after_a_refresh();
    void who_comes_during_a_refresh_stays();
    void large_lists_are_fetched_to_the_end();

private:
    QTableView *table(const QString &name) const
    {
        return m_shown->window.findChild<QTableView *>(name);
    }
    int count(const QByteArray &start) const
    {
        const auto lines = m_shown->server.transport.lines();
        return int(std::count_if(lines.begin(), lines.end(),
                                 [&](const QByteArray &line) { return line.startsWith(start); }));
    }
    QString notice() const
    {
        for (const NoticeBanner *banner : m_shown->window.findChildren<NoticeBanner *>()) {
            if (banner->isVisible())
                return banner->text();
        }
        return {};
    }
    std::unique_ptr<ShownWindow> m_shown;
};

void TestMissedEvents::init()
{
    m_shown.reset(); // there is one theme at a time
    m_shown = std::make_unique<ShownWindow>();
    QVERIFY(m_shown->isActive());
    m_shown->server.signIn();
    m_shown->window.showPage(1);
    QCoreApplication::processEvents();
    m_shown->server.transport.forget();
}

void TestMissedEvents::it_is_told_and_everything_is_fetched_again()
{
    m_shown->server.guild.roles[1].name = u"Guides"_qs;
    m_shown->server.guild.members[2].nick = u"Cynthia"_qs;
    m_shown->server.socket->dispatch("GUILD_ROLE_UPDATE", "{\"role\":7}");
    QVERIFY2(notice().contains(u"out of date"_qs), qPrintable(notice()));
    QTRY_COMPARE(table(u"memberTable"_qs)->model()->index(2, 0).data().toString(), u"Cynthia"_qs);
    QTRY_COMPARE(table(u"roleTable"_qs)->model()->index(1, 0).data().toString(), u"Guides"_qs);
    QCOMPARE(count("GET /api/v10/users/@me/guilds"), 1);
}

void TestMissedEvents::many_of_them_fetch_once_and_once_more_at_the_end()
{
    for (int i = 0; i < 200; ++i)
        m_shown->server.socket->dispatch("GUILD_ROLE_UPDATE", "{\"role\":7}");
    QCoreApplication::processEvents();
    QCOMPARE(count("GET /api/v10/users/@me/guilds"), 1);
    QTRY_COMPARE_WITH_TIMEOUT(count("GET /api/v10/users/@me/guilds"), 2, 20000);
}

void TestMissedEvents::who_left_unseen_is_gone_after_a_refresh()
{
    m_shown->server.guild.members.pop_back(); // Dan, of whose going nobody was told
    QTest::keyClick(&m_shown->window, Qt::Key_F5);
    QTRY_COMPARE(table(u"memberTable"_qs)->model()->rowCount(), 3);
}

void TestMissedEvents::who_comes_during_a_refresh_stays()
{
    QTest::keyClick(&m_shown->window, Qt::Key_F5); // the answer does not have Eve yet
    m_shown->server.socket->dispatch("GUILD_MEMBER_ADD",
                                     json::encode(sampleGuildMember(UserId(15), u"Eve"_qs)));
    QTRY_COMPARE(table(u"memberTable"_qs)->model()->rowCount(), 5);
    QTest::qWait(50); // for what must not come
    QCOMPARE(table(u"memberTable"_qs)->model()->rowCount(), 5);
}

void TestMissedEvents::large_lists_are_fetched_to_the_end()
{
    for (quint64 i = 0; i < 1200; ++i)
        m_shown->server.guild.members.push_back(sampleMember(UserId(1000 + i), u"Zoe"_qs));
    m_shown->server.guild.memberCount = int(m_shown->server.guild.members.size());
    m_shown->server.ready(ann, {m_shown->server.guild});
    const auto &all = m_shown->server.guild.members;
    m_shown->server.answerWith("GET /api/v10/guilds/1000/members?limit=1000&after=0", 200,
                               json::encode(std::vector(all.begin(), all.begin() + 1000)));
    m_shown->server.answerWith("GET /api/v10/guilds/1000/members?limit=1000&after=1995", 200,
                               json::encode(std::vector(all.begin() + 1000, all.end() - 1)));
    QTRY_COMPARE(table(u"memberTable"_qs)->model()->rowCount(), 1204);
    QTest::keyClick(&m_shown->window, Qt::Key_F5);
    QTRY_COMPARE(table(u"memberTable"_qs)->model()->rowCount(), 1203);
}

QTEST_MAIN(TestMissedEvents)
#include "tst_missed_events.moc"
