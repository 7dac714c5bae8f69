// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/guild_list_model.h"
#include "admin-gui/models/member_filter.h"
#include "admin-gui/models/member_model.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

namespace {

/// The members of the guild, as the page sorts them.
struct SortedMembers {
    explicit SortedMembers(Directory &directory)
        : model(directory)
    {
        model.setGuild(hall);
        filter.setSourceModel(&model);
    }

    MemberModel model;
    MemberFilter filter;
};

} // namespace

/// The order of names. The tests run in the C locale, where capitals come before all small letters.
class TestSortedModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names_are_compared_as_people_do_data();
    void names_are_compared_as_people_do();
    void members_of_any_case_stand_together();
    void who_is_named_alike_stands_by_id_however_they_came();
    void those_of_the_same_status_stand_by_name();
    void guilds_of_any_case_stand_together();

private:
    static QStringList names(const QAbstractItemModel &model)
    {
        QStringList out;
        for (int row = 0; row < model.rowCount(); ++row)
            out.append(model.index(row, 0).data().toString());
        return out;
    }
};

void TestSortedModel::names_are_compared_as_people_do_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("small before a later capital") << u"anna"_qs << u"Pinger"_qs;
    QTest::newRow("capital before a later small") << u"Anna"_qs << u"pinger"_qs;
    QTest::newRow("accents do not go to the end") << u"Ärger"_qs << u"Zed"_qs;
    QTest::newRow("a name before one that goes on") << u"anna"_qs << u"Annabel"_qs;
}

void TestSortedModel::names_are_compared_as_people_do()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QVERIFY(compareNames(first, second) < 0);
    QVERIFY(compareNames(second, first) > 0);
    QCOMPARE(compareNames(first, first), 0);
    QVERIFY(compareNames(first, first.toUpper()) != 0); // alike, but always in the same order
}

void TestSortedModel::members_of_any_case_stand_together()
{
    FakeServer server;
    server.guild.members = {sampleMember(UserId(1), u"Pinger"_qs), sampleMember(bob, u"Zed"_qs),
                            sampleMember(cyn, u"anna"_qs)};
    server.guild.memberCount = 3;
    server.signIn();
    SortedMembers members(server.session.directory());
    MemberFilter &filter = members.filter;
    filter.sort(MemberModel::Name, Qt::AscendingOrder);
    QCOMPARE(names(filter), (QStringList{u"anna"_qs, u"Pinger"_qs, u"Zed"_qs}));
    filter.sort(MemberModel::Name, Qt::DescendingOrder);
    QCOMPARE(names(filter), (QStringList{u"Zed"_qs, u"Pinger"_qs, u"anna"_qs}));
}

void TestSortedModel::who_is_named_alike_stands_by_id_however_they_came()
{
    FakeServer server;
    server.guild.members = {sampleMember(UserId(70), u"Sam"_qs)};
    server.guild.memberCount = 1;
    server.signIn();
    SortedMembers members(server.session.directory());
    MemberFilter &filter = members.filter;
    filter.sort(MemberModel::Name, Qt::AscendingOrder);
    for (const quint64 id : {90, 50, 80, 60}) {
        server.socket->dispatch("GUILD_MEMBER_ADD",
                                json::encode(sampleGuildMember(UserId(id), u"Sam"_qs)));
        server.session.directory().flush();
    }
    QStringList ids;
    for (int row = 0; row < filter.rowCount(); ++row)
        ids.append(filter.index(row, MemberModel::IdColumn).data().toString());
    QCOMPARE(ids, (QStringList{u"50"_qs, u"60"_qs, u"70"_qs, u"80"_qs, u"90"_qs}));
}

void TestSortedModel::those_of_the_same_status_stand_by_name()
{
    FakeServer server;
    server.signIn();
    SortedMembers members(server.session.directory());
    MemberFilter &filter = members.filter;
    filter.sort(MemberModel::Status, Qt::AscendingOrder);
    QCOMPARE(names(filter), (QStringList{u"Ann"_qs, u"Bob"_qs, u"Dan"_qs, u"Cyn"_qs}));
}

void TestSortedModel::guilds_of_any_case_stand_together()
{
    FakeServer server;
    server.signIn();
    server.ready(ann,
                 {FakeServer::otherGuild(GuildId(1), u"Zoo"_qs),
                  FakeServer::otherGuild(GuildId(2), u"attic"_qs)});
    const GuildListModel model(server.session.directory());
    QCOMPARE(names(model), (QStringList{u"attic"_qs, u"Zoo"_qs}));
}

QTEST_MAIN(TestSortedModel)
#include "tst_sorted_model.moc"
