// SPDX-License-Identifier: GPL-3.0-or-later
// Events whose order of arrival is not their order of publication: two threads may publish at once.
#include "gateway_events.h"
#include "server/gateway/realtime/fanout.h"
#include "server/gateway/realtime/session.h"

#include <QTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace guildhall::realtime;

class TestFanout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void an_event_older_than_the_state_is_not_delivered_however_late_it_comes();
    void a_guild_is_heard_from_its_own_state_on();
    void an_old_leaving_does_not_take_a_guild_that_was_joined_since();
    void an_old_leaving_does_not_stop_a_guild_that_is_being_read();
    void a_newer_leaving_stops_a_guild_that_is_being_read();
    void an_old_joining_is_known_from_the_state();
    void who_came_back_hears_the_guild_whichever_event_comes_first_data();
    void who_came_back_hears_the_guild_whichever_event_comes_first();
    void older_rights_do_not_replace_newer_ones();
    void an_event_whose_rights_are_unknown_is_not_judged_by_old_ones();
    void an_event_whose_rights_are_unknown_ends_a_loading();
    void a_removed_session_leaves_no_trace();

private:
    struct World;
    std::shared_ptr<World> m_world;
};

/// A fan-out with one session of user 7, which has no connection: what it hears is counted by `s`.
struct TestFanout::World final : MembershipFollower {
    World()
        : session(1, "id", request())
    {
        rights.setMember(theGuild, UserId(7), true);
    }
    static ReadyRequest request()
    {
        ReadyRequest wanted;
        wanted.identity.user = UserId(7);
        return wanted;
    }
    template <Event E>
    void handle(E e, quint64 sequence, GuildRightsPtr given = nullptr)
    {
        AnyEvent event = AnyEvent::of(std::move(e));
        event.setSequence(sequence);
        fanout.handle({event, given ? given : rights.newest(theGuild), false});
    }
    /// The rights could not be read when it was published.
    template <Event E>
    void handleBlindly(E e, quint64 sequence)
    {
        AnyEvent event = AnyEvent::of(std::move(e));
        event.setSequence(sequence);
        fanout.handle({event, nullptr, true});
    }
    /// The session starts, with the state after event `sequence`.
    void start(std::vector<GuildId> guilds, quint64 sequence)
    {
        QVERIFY(fanout.add(session, guilds, sequence, fanout.beginLoading()));
    }
    bool arrive(quint64 sequence)
    {
        return fanout.joined(session, theGuild, sequence, [] {});
    }
    void sessionJoined(Session &, GuildId) override { ++joining; }
    void sessionMissedEvents(Session &) override { ++missed; }

    quint64 heard() const { return session.sequence(); }

    FakeRights rights;
    QObject context;
    Flusher flusher{&context, {1'000'000, 1000}, [] {
                        return false;
                    }};
    Fanout fanout{flusher, rights, *this};
    Session session;
    int joining = 0;
    int missed = 0;
};

void TestFanout::init()
{
    m_world = std::make_shared<World>();
}

void TestFanout::an_event_older_than_the_state_is_not_delivered_however_late_it_comes()
{
    World &world = *m_world;
    world.start({theGuild}, 10);
    world.handle(Posted{"new"}, 11);
    QCOMPARE(world.heard(), quint64(1));
    world.handle(Posted{"old"}, 10);
    world.handle(Whispered{"old", {UserId(7)}}, 9);
    QCOMPARE(world.heard(), quint64(1));
    world.handle(Whispered{"new", {UserId(7)}}, 12);
    QCOMPARE(world.heard(), quint64(2));
}

void TestFanout::a_guild_is_heard_from_its_own_state_on()
{
    World &world = *m_world;
    world.start({}, 10);
    world.handle(MemberJoined{UserId(7)}, 11);
    QCOMPARE(world.joining, 1);
    world.handle(Posted{"in the state"}, 12);
    world.handle(Posted{"held"}, 21);
    QCOMPARE(world.heard(), quint64(0));
    QVERIFY(world.arrive(20));
    QCOMPARE(world.heard(), quint64(1));
    world.handle(Posted{"late, in the state"}, 15);
    QCOMPARE(world.heard(), quint64(1));
    world.handle(Posted{"live"}, 22);
    QCOMPARE(world.heard(), quint64(2));
    QCOMPARE(world.fanout.heldCount(), size_t(0));
}

void TestFanout::an_old_leaving_does_not_take_a_guild_that_was_joined_since()
{
    World &world = *m_world;
    world.start({theGuild}, 10);
    world.handle(MemberLeft{UserId(7)}, 8);
    world.handle(Posted{"heard"}, 11);
    QCOMPARE(world.heard(), quint64(1));
}

void TestFanout::an_old_leaving_does_not_stop_a_guild_that_is_being_read()
{
    World &world = *m_world;
    world.start({}, 10);
    world.handle(MemberJoined{UserId(7)}, 13);
    world.handle(MemberLeft{UserId(7)}, 12);
    QVERIFY(world.arrive(14));
}

void TestFanout::a_newer_leaving_stops_a_guild_that_is_being_read()
{
    World &world = *m_world;
    world.start({}, 10);
    world.handle(MemberJoined{UserId(7)}, 13);
    world.rights.setMember(theGuild, UserId(7), false);
    world.handle(MemberLeft{UserId(7)}, 14);
    QVERIFY(!world.arrive(15));
    world.handle(Posted{"unheard"}, 16);
    QCOMPARE(world.heard(), quint64(0));
    world.rights.setMember(theGuild, UserId(7), true);
    world.handle(MemberJoined{UserId(7)}, 17);
    QCOMPARE(world.joining, 2);
    world.handle(GuildGone{}, 18);
    QVERIFY(!world.arrive(19));
    QCOMPARE(world.fanout.heldCount(), size_t(0));
}

void TestFanout::an_old_joining_is_known_from_the_state()
{
    World &world = *m_world;
    world.start({}, 10);
    world.handle(MemberJoined{UserId(7)}, 9);
    QCOMPARE(world.joining, 0);
    world.handle(MemberJoined{UserId(8)}, 11);
    QCOMPARE(world.joining, 0);
}

void TestFanout::who_came_back_hears_the_guild_whichever_event_comes_first_data()
{
    QTest::addColumn<quint64>("left");
    QTest::addColumn<quint64>("joined");
    QTest::addColumn<bool>("leftComesFirst");
    // The numbers are given before events are posted, and two threads may be slow at either.
    QTest::newRow("in order") << quint64(11) << quint64(12) << true;
    QTest::newRow("posted the other way round") << quint64(11) << quint64(12) << false;
    QTest::newRow("numbered the other way round") << quint64(12) << quint64(11) << false;
    QTest::newRow("both") << quint64(12) << quint64(11) << true;
}

void TestFanout::who_came_back_hears_the_guild_whichever_event_comes_first()
{
    QFETCH(quint64, left);
    QFETCH(quint64, joined);
    QFETCH(bool, leftComesFirst);
    World &world = *m_world; // where user 7 is a member, as it is after both
    world.start({theGuild}, 10);
    if (leftComesFirst)
        world.handle(MemberLeft{UserId(7)}, left);
    world.handle(MemberJoined{UserId(7)}, joined);
    if (!leftComesFirst)
        world.handle(MemberLeft{UserId(7)}, left);
    QCOMPARE(world.joining, 1);
    QVERIFY(world.arrive(12)); // the guild is given anew, with what changed by going and coming
    const quint64 before = world.heard();
    world.handle(Posted{"heard"}, 13);
    QCOMPARE(world.heard(), before + 1);
    QCOMPARE(world.fanout.heldCount(), size_t(0));
}

void TestFanout::an_event_whose_rights_are_unknown_is_not_judged_by_old_ones()
{
    World &world = *m_world;
    world.start({theGuild}, 10);
    world.handle(Posted{"by the old rights", secret}, 11);
    QCOMPARE(world.heard(), quint64(1));
    world.rights.forgetful = true; // they changed, and could not be read again
    world.handleBlindly(Posted{"unheard", secret}, 12);
    QCOMPARE(world.heard(), quint64(1));
    QCOMPARE(world.missed, 1);
}

void TestFanout::an_event_whose_rights_are_unknown_ends_a_loading()
{
    World &world = *m_world;
    world.start({theGuild}, 10);
    world.handle(Posted{"by the old rights", secret}, 11);
    Session loading(2, "id2", World::request());
    const auto begun = world.fanout.beginLoading();
    world.rights.forgetful = true;
    world.handleBlindly(Posted{"unheard", secret}, 12);
    QVERIFY(!world.fanout.add(loading, std::vector<GuildId>{theGuild}, 11, begun));
    QCOMPARE(loading.sequence(), quint64(0));
    world.fanout.remove(loading);
}

void TestFanout::older_rights_do_not_replace_newer_ones()
{
    World &world = *m_world;
    const GuildRightsPtr before = world.rights.newest(theGuild);
    world.start({theGuild}, 10);
    world.rights.setHidden(theGuild, secret, UserId(7), true);
    world.handle(Posted{"published with the old rights", secret}, 11, before);
    QCOMPARE(world.heard(), quint64(0));
    world.rights.forgetful = true;
    world.handle(Posted{"and again", secret}, 12, before);
    QCOMPARE(world.heard(), quint64(0));
}

void TestFanout::a_removed_session_leaves_no_trace()
{
    World &world = *m_world;
    world.start({theGuild}, 10);
    world.handle(MemberJoined{UserId(7), GuildId(2)}, 11);
    world.fanout.remove(world.session);
    world.handle(Posted{"unheard"}, 12);
    world.handle(Whispered{"unheard", {UserId(7)}}, 13);
    QCOMPARE(world.heard(), quint64(0));
    QCOMPARE(world.fanout.heldCount(), size_t(0));
    QVERIFY(!world.fanout.joined(world.session, GuildId(2), 14, [] {}));
}

QTEST_GUILESS_MAIN(TestFanout)
#include "tst_fanout.moc"
