// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/directory.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// What the console knows after READY, its events and answers of REST.
class TestDirectory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void ready_fills_it();
    void guilds_stand_by_name();
    void members_come_change_and_go();
    void a_presence_changes_the_status();
    void a_deleted_role_leaves_its_holders();
    void a_second_ready_replaces_the_first();
    void a_guild_that_was_left_is_gone();
    void a_list_of_rest_adds_and_removes_guilds();
    void a_large_guild_is_not_complete();
    void a_storm_of_events_is_told_a_few_times();
    void signing_out_forgets_everything();

private:
    const GuildView &view() const { return *m_server->session.directory().guild(hall); }
    Directory &directory() { return m_server->session.directory(); }

    std::unique_ptr<FakeServer> m_server;
};

void TestDirectory::init()
{
    m_server = std::make_unique<FakeServer>();
    m_server->signIn();
}

void TestDirectory::ready_fills_it()
{
    QCOMPARE(directory().self(), ann);
    QCOMPARE(view().members.size(), size_t(4));
    QCOMPARE(view().hereCount(ann), 3);
    QCOMPARE(view().statusOf(dan), u"idle"_qs);
    QCOMPARE(view().statusOf(cyn), u"offline"_qs);
    QCOMPARE(view().holdersOf(helpers), 1);
    QCOMPARE(view().holdersOf(everyoneRole), 4);
    QVERIFY(view().membersComplete);
}

void TestDirectory::guilds_stand_by_name()
{
    GatewayGuild first = sampleGuild();
    first.id = GuildId(5000);
    first.name = u"A first one"_qs;
    m_server->socket->dispatch("GUILD_CREATE", json::encode(first));
    QCOMPARE(directory().guildIds(), (std::vector{GuildId(5000), hall}));
}

void TestDirectory::members_come_change_and_go()
{
    const UserId eve(15);
    m_server->socket->dispatch("GUILD_MEMBER_ADD", json::encode(sampleGuildMember(eve, u"Eve"_qs)));
    QCOMPARE(view().memberCount, 5);
    m_server->socket->dispatch("GUILD_MEMBER_UPDATE",
                               json::encode(sampleGuildMember(eve, u"Eve"_qs, {helpers})));
    QCOMPARE(view().memberCount, 5);
    QCOMPARE(view().holdersOf(helpers), 2);
    m_server->socket->dispatch(
        "GUILD_MEMBER_REMOVE",
        "{\"guild_id\":\"1000\",\"user\":" + json::encode(sampleUser(eve, u"Eve"_qs)) + '}');
    QCOMPARE(view().memberCount, 4);
    QVERIFY(!view().members.contains(eve));
}

void TestDirectory::a_presence_changes_the_status()
{
    m_server->socket->dispatch("PRESENCE_UPDATE", json::encode(samplePresence(cyn, u"dnd"_qs)));
    QCOMPARE(view().statusOf(cyn), u"dnd"_qs);
    QCOMPARE(view().hereCount(ann), 4);
    m_server->socket->dispatch("PRESENCE_UPDATE", json::encode(samplePresence(cyn, u"offline"_qs)));
    QCOMPARE(view().statusOf(cyn), u"offline"_qs);
    QCOMPARE(view().hereCount(ann), 3);
}

void TestDirectory::a_deleted_role_leaves_its_holders()
{
    m_server->socket->dispatch("GUILD_ROLE_DELETE", "{\"guild_id\":\"1000\",\"role_id\":\"2001\"}");
    QVERIFY(!view().roles.contains(helpers));
    QVERIFY(view().members.at(dan).roles.empty());
}

void TestDirectory::a_second_ready_replaces_the_first()
{
    GatewayGuild later = sampleGuild();
    later.members.pop_back();
    later.memberCount = 3;
    later.presences.clear();
    ChangeBatch told;
    connect(&directory(), &Directory::changed, this,
            [&](const ChangeBatch &batch) { told = batch; });
    m_server->ready(ann, {later});
    QCOMPARE(view().members.size(), size_t(3));
    QCOMPARE(view().hereCount(UserId()), 0);
    QCOMPARE(view().hereCount(ann), 1); // she is, whatever others see
    QVERIFY(told.members.value(hall).contains(dan)); // so that models take the row out
    QVERIFY(told.roles.contains(hall));
}

void TestDirectory::a_guild_that_was_left_is_gone()
{
    m_server->socket->dispatch("GUILD_DELETE", "{\"id\":\"1000\"}");
    QVERIFY(directory().guild(hall) == nullptr);
    QVERIFY(directory().guildIds().empty());
    QVERIFY(directory().isLoaded());
}

void TestDirectory::a_list_of_rest_adds_and_removes_guilds()
{
    GuildListItem other;
    other.id = GuildId(4000);
    other.name = u"Other"_qs;
    other.approximateMemberCount = 7;
    other.permissions = Permission::KickMembers;
    directory().takeGuildList({other});
    QVERIFY(directory().guild(hall) == nullptr);
    const GuildView *seen = directory().guild(GuildId(4000));
    QVERIFY(seen != nullptr);
    QCOMPARE(seen->memberCount, 7);
    QVERIFY(seen->statedPermissions->has(Permission::KickMembers));
}

void TestDirectory::a_large_guild_is_not_complete()
{
    GatewayGuild large = sampleGuild();
    large.memberCount = 5000;
    m_server->ready(ann, {large});
    QVERIFY(!view().membersComplete);
    directory().takeMembers(hall, {sampleMember(UserId(99), u"Zed"_qs)});
    directory().setMembersComplete(hall);
    QVERIFY(view().membersComplete);
    QCOMPARE(view().members.size(), size_t(5));
}

void TestDirectory::a_storm_of_events_is_told_a_few_times()
{
    int told = 0;
    QSet<UserId> named;
    connect(&directory(), &Directory::changed, this, [&](const ChangeBatch &batch) {
        ++told;
        named.unite(batch.members.value(hall));
    });
    constexpr int events = 1000;
    for (int i = 0; i < events; ++i) {
        const QString status = i % 2 == 0 ? u"online"_qs : u"idle"_qs;
        m_server->socket->dispatch("PRESENCE_UPDATE",
                                   json::encode(samplePresence(i % 3 == 0 ? bob : cyn, status)));
    }
    QTRY_VERIFY(told > 0);
    QCOMPARE(told, 1); // the storm came in one turn of the loop: models hear of it once
    QCOMPARE(named, (QSet<UserId>{bob, cyn}));
}

void TestDirectory::signing_out_forgets_everything()
{
    m_server->session.signOut();
    QVERIFY(directory().guildIds().empty());
    QVERIFY(!directory().isLoaded());
    QVERIFY(directory().self().isNull());
}

QTEST_MAIN(TestDirectory)
#include "tst_directory.moc"
