// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/member_filter.h"
#include "admin-gui/models/member_model.h"
#include "admin-gui/models/model_roles.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

class TestMemberModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void it_shows_who_is_there();
    void cells_read_as_sentences();
    void a_presence_patches_its_row_only();
    void rows_come_and_go_by_id();
    void the_selection_survives_everything();
    void a_large_guild_is_fetched_part_by_part();
    void a_part_that_failed_is_asked_for_again();
    void the_filter_finds_names_roles_and_ids_data();
    void the_filter_finds_names_roles_and_ids();
    void it_can_show_only_who_is_here();
    void the_account_itself_is_here_though_others_do_not_see_it();
    void sorting_by_status_puts_the_present_first();
    void another_guild_starts_anew();
    void a_storm_keeps_the_model_sound();

private:
    QString cell(UserId user, int column) const
    {
        return m_model->index(m_model->rowOf(user), column).data().toString();
    }
    void dispatch(const QByteArray &event, const QByteArray &d)
    {
        m_server->socket->dispatch(event, d);
        m_server->session.directory().flush();
    }
    QByteArray gone(UserId user) const
    {
        return "{\"guild_id\":\"1000\",\"user\":" + json::encode(sampleUser(user, u"X"_qs)) + '}';
    }

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<MemberModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestMemberModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_server = std::make_unique<FakeServer>();
    m_server->signIn();
    m_model = std::make_unique<MemberModel>(m_server->session.directory());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setGuild(hall);
}

void TestMemberModel::it_shows_who_is_there()
{
    QCOMPARE(m_model->rowCount(), 4);
    QCOMPARE(cell(bob, MemberModel::Name), u"Bob"_qs);
    QCOMPARE(cell(bob, MemberModel::Username), u"bob"_qs);
    QCOMPARE(cell(bob, MemberModel::Status), u"Online"_qs);
    QCOMPARE(cell(bob, MemberModel::Client), u"Desktop"_qs);
    QCOMPARE(cell(bob, MemberModel::Roles), u"Moderators"_qs);
    QCOMPARE(cell(cyn, MemberModel::Status), u"Offline"_qs);
    QCOMPARE(cell(cyn, MemberModel::Roles), QString());
    QCOMPARE(m_model->index(m_model->rowOf(cyn), 0).data(IdRole).toString(), u"13"_qs);
}

void TestMemberModel::cells_read_as_sentences()
{
    const QModelIndex status = m_model->index(m_model->rowOf(dan), MemberModel::Status);
    QCOMPARE(status.data(Qt::AccessibleTextRole).toString(), u"Dan, Status: Idle"_qs);
}

void TestMemberModel::a_presence_patches_its_row_only()
{
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    dispatch("PRESENCE_UPDATE", json::encode(samplePresence(cyn, u"dnd"_qs)));
    QCOMPARE(reset.size(), 0);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), m_model->rowOf(cyn));
    QCOMPARE(cell(cyn, MemberModel::Status), u"Do not disturb"_qs);
}

void TestMemberModel::rows_come_and_go_by_id()
{
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    dispatch("GUILD_MEMBER_ADD", json::encode(sampleGuildMember(UserId(1), u"First"_qs)));
    QCOMPARE(m_model->rowOf(UserId(1)), 0);
    QCOMPARE(inserted.size(), 1);
    dispatch("GUILD_MEMBER_REMOVE", gone(bob));
    QCOMPARE(m_model->rowOf(bob), -1);
    QCOMPARE(m_model->rowCount(), 4);
}

void TestMemberModel::the_selection_survives_everything()
{
    QItemSelectionModel selection(m_model.get());
    selection.select(m_model->index(m_model->rowOf(dan), 0), QItemSelectionModel::Select);
    dispatch("GUILD_MEMBER_ADD", json::encode(sampleGuildMember(UserId(1), u"First"_qs)));
    dispatch("GUILD_MEMBER_REMOVE", gone(bob));
    m_server->ready(ann, {sampleGuild()}); // a session that could not be resumed
    QCOMPARE(selection.selectedIndexes().size(), 1);
    QCOMPARE(m_model->memberAt(selection.selectedIndexes()[0].row())->user.id, dan);
}

void TestMemberModel::a_large_guild_is_fetched_part_by_part()
{
    QVERIFY(!m_model->canFetchMore({}));
    m_tester.reset(); // it fetches, too
    GatewayGuild large = sampleGuild();
    large.memberCount = 5000;
    m_server->ready(ann, {large});
    QVERIFY(m_model->canFetchMore({}));
    std::vector<UserId> asked;
    connect(m_model.get(), &MemberModel::moreWanted, this,
            [&](GuildId, UserId after) { asked.push_back(after); });
    m_model->fetchMore({});
    QVERIFY(!m_model->canFetchMore({})); // one at a time
    m_server->session.directory().takeMembers(
        hall, {sampleMember(UserId(50), u"P"_qs), sampleMember(UserId(51), u"Q"_qs)});
    m_model->moreArrived(UserId(51));
    m_server->session.directory().flush();
    QCOMPARE(m_model->rowCount(), 6);
    m_model->fetchMore({});
    QCOMPARE(asked, (std::vector{UserId(), UserId(51)}));
    m_server->session.directory().setMembersComplete(hall);
    QVERIFY(!m_model->canFetchMore({}));
}

void TestMemberModel::a_part_that_failed_is_asked_for_again()
{
    m_tester.reset(); // it fetches, too
    GatewayGuild large = sampleGuild();
    large.memberCount = 5000;
    m_server->ready(ann, {large});
    std::vector<UserId> asked;
    connect(m_model.get(), &MemberModel::moreWanted, this,
            [&](GuildId, UserId after) { asked.push_back(after); });
    m_model->fetchMore({});
    m_model->moreArrived({});
    m_model->fetchMore({});
    QCOMPARE(asked, (std::vector{UserId(), UserId()}));
}

void TestMemberModel::the_filter_finds_names_roles_and_ids_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rows");
    QTest::newRow("nothing typed") << u""_qs << 4;
    QTest::newRow("name, any case") << u" BOB "_qs << 1;
    QTest::newRow("role") << u"helper"_qs << 1;
    QTest::newRow("id") << u"13"_qs << 1;
    QTest::newRow("part of two names") << u"an"_qs << 2;
    QTest::newRow("nobody") << u"zzz"_qs << 0;
}

void TestMemberModel::the_filter_finds_names_roles_and_ids()
{
    QFETCH(QString, text);
    QFETCH(int, rows);
    MemberFilter filter;
    filter.setSourceModel(m_model.get());
    const QAbstractItemModelTester tester(&filter,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setText(text);
    QCOMPARE(filter.rowCount(), rows);
}

void TestMemberModel::it_can_show_only_who_is_here()
{
    MemberFilter filter;
    filter.setSourceModel(m_model.get());
    filter.setPresence(MemberFilter::Presence::Online);
    QCOMPARE(filter.rowCount(), 3);
    dispatch("PRESENCE_UPDATE", json::encode(samplePresence(bob, u"offline"_qs)));
    QCOMPARE(filter.rowCount(), 2);
    filter.setPresence(MemberFilter::Presence::Offline);
    QCOMPARE(filter.rowCount(), 2);
}

void TestMemberModel::the_account_itself_is_here_though_others_do_not_see_it()
{
    dispatch("PRESENCE_UPDATE", json::encode(samplePresence(ann, u"offline"_qs)));
    QCOMPARE(cell(ann, MemberModel::Status), u"You (not shown)"_qs);
    QVERIFY(!m_model->index(m_model->rowOf(ann), MemberModel::Status)
                 .data(Qt::ToolTipRole)
                 .toString()
                 .isEmpty());
    QCOMPARE(cell(cyn, MemberModel::Status), u"Offline"_qs);
    MemberFilter filter;
    filter.setSourceModel(m_model.get());
    filter.setPresence(MemberFilter::Presence::Online);
    QCOMPARE(filter.rowCount(), m_server->session.directory().guild(hall)->hereCount(ann));
    filter.setPresence(MemberFilter::Presence::Offline);
    QCOMPARE(filter.rowCount(), 1);
    dispatch("PRESENCE_UPDATE", json::encode(samplePresence(ann, u"idle"_qs)));
    QCOMPARE(cell(ann, MemberModel::Status), u"Idle"_qs); // by another client
}

void TestMemberModel::sorting_by_status_puts_the_present_first()
{
    MemberFilter filter;
    filter.setSourceModel(m_model.get());
    filter.sort(MemberModel::Status, Qt::AscendingOrder);
    QStringList statuses;
    for (int row = 0; row < filter.rowCount(); ++row)
        statuses.append(filter.index(row, 0).data(StatusRole).toString());
    QCOMPARE(statuses, (QStringList{u"online"_qs, u"online"_qs, u"idle"_qs, u"offline"_qs}));
}

void TestMemberModel::another_guild_starts_anew()
{
    m_model->setGuild(GuildId(77));
    QCOMPARE(m_model->rowCount(), 0);
    m_model->setGuild(hall);
    QCOMPARE(m_model->rowCount(), 4);
    dispatch("GUILD_DELETE", "{\"id\":\"1000\"}");
    QCOMPARE(m_model->rowCount(), 0);
}

void TestMemberModel::a_storm_keeps_the_model_sound()
{
    // Joins, leaves and presences in any order, told in batches; the tester checks each step.
    for (int i = 0; i < 600; ++i) {
        const UserId user(100 + quint64(i * 37 % 50));
        const bool there = m_server->session.directory().guild(hall)->members.contains(user);
        if (!there)
            m_server->socket->dispatch("GUILD_MEMBER_ADD",
                                       json::encode(sampleGuildMember(user, u"U"_qs)));
        else if (i % 3 == 0)
            m_server->socket->dispatch("GUILD_MEMBER_REMOVE", gone(user));
        else
            m_server->socket->dispatch("PRESENCE_UPDATE",
                                       json::encode(samplePresence(user, u"online"_qs)));
        if (i % 7 == 0)
            m_server->session.directory().flush();
    }
    m_server->session.directory().flush();
    const GuildView &view = *m_server->session.directory().guild(hall);
    QCOMPARE(m_model->rowCount(), int(view.members.size()));
    int row = 0;
    for (const auto &[id, member] : view.members)
        QCOMPARE(m_model->memberAt(row++)->user.id, id);
}

QTEST_MAIN(TestMemberModel)
#include "tst_member_model.moc"
