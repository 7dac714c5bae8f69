// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_events.h"
#include "server/modules/user/user_events.h"
#include "tests/modules/presence/presence_world.h"

#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Status = realtime::PresenceUpdate::Status;

/// Who is here. @source api.md 5, 7.2, 8.2, 12.2
class TestPresenceService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void coming_and_going_is_told_to_each_guild();
    void what_others_do_not_see_is_not_told();
    void who_caused_it_is_not_told();
    void a_guild_learns_whether_a_newcomer_is_online();
    void a_new_name_tells_the_presence_again();
    void the_most_present_session_counts();
    void a_broken_connection_has_time_to_come_back();
    void a_broken_connection_of_two_is_no_news();
    void an_update_keeps_the_time_to_leave();
    void an_update_of_a_closed_session_is_lost();
    void activities_are_made_whole();
    void saying_the_same_again_is_no_news();
    void bots_say_less_about_themselves();
    void who_is_online_can_be_asked();
    void people_who_come_and_go_at_once_end_as_they_are();
    void a_presence_is_what_the_contract_says();
};

void TestPresenceService::coming_and_going_is_told_to_each_guild()
{
    PresenceWorld w;
    w.open(w.ann, "s1");
    const auto events = w.events().all<PresenceChanged>();
    QCOMPARE(events.size(), size_t(2));
    QCOMPARE(events[0].presence.guildId.value(), w.first);
    QCOMPARE(events[1].presence.guildId.value(), w.second);
    QCOMPARE(w.told(), u"online online"_s);
    w.service().update(w.session(w.ann, "s1"), w.status(Status::DoNotDisturb));
    QCOMPARE(w.told(), u"dnd dnd"_s);
    w.service().update(w.session(w.ann, "s1"), w.status(Status::Idle));
    QCOMPARE(w.told(), u"idle idle"_s);
    w.close(w.ann, "s1", false);
    QCOMPARE(w.told(), u"offline offline"_s);
    w.open(w.bob, "s2", Status::Idle);
    QCOMPARE(w.told(), u"idle"_s);
}

void TestPresenceService::what_others_do_not_see_is_not_told()
{
    PresenceWorld w;
    w.open(w.bob, "s1", Status::Invisible);
    QCOMPARE(w.told(), QString());
    QVERIFY(w.service().online({w.bob}).empty());
    w.service().update(w.session(w.bob, "s1"), w.status(Status::Invisible, R"([{"name":"x"}])"));
    QCOMPARE(w.told(), QString());
    w.service().update(w.session(w.bob, "s1"), w.status(Status::Online));
    QCOMPARE(w.told(), u"online"_s);
    w.service().update(w.session(w.bob, "s1"), w.status(Status::Invisible));
    QCOMPARE(w.told(), u"offline"_s);
    w.close(w.bob, "s1", false);
    QCOMPARE(w.told(), QString());
}

/// @source api.md 8.2, PRESENCE_UPDATE
void TestPresenceService::who_caused_it_is_not_told()
{
    PresenceWorld w;
    const auto leftOut = [&] {
        return w.events().last<PresenceChanged>().audience().exceptSession;
    };
    w.open(w.bob, "s1");
    QCOMPARE(leftOut(), QByteArray("s1"));
    w.open(w.bob, "s2", Status::DoNotDisturb);
    w.service().update(w.session(w.bob, "s1"), w.status(Status::Idle));
    w.close(w.bob, "s2", false);
    QCOMPARE(leftOut(), QByteArray("s2"));
    w.close(w.bob, "s1", true);
    w.clock().advance(1min);
    w.service().removeLeft();
    QCOMPARE(leftOut(), QByteArray());
}

void TestPresenceService::a_guild_learns_whether_a_newcomer_is_online()
{
    PresenceWorld w;
    w.open(w.bob, "s1", Status::Idle);
    w.told();
    const auto comes = [&](UserId user) {
        GuildMember member;
        member.guildId = w.second;
        member.user.id = user;
        w.bus().publish(MemberJoined{member});
    };
    comes(w.ann); // is not here: nothing to tell
    comes(w.bob);
    QTRY_COMPARE(w.events().count<PresenceChanged>(), 1);
    const auto event = w.events().last<PresenceChanged>();
    QCOMPARE(event.presence.user.id, w.bob);
    QCOMPARE(event.presence.guildId, w.second);
    QCOMPARE(event.presence.status, u"idle"_s);
    QCOMPARE(w.events().names(),
             (QByteArrayList{"GUILD_MEMBER_ADD", "GUILD_MEMBER_ADD", "PRESENCE_UPDATE"}));
}

/// @source api.md 6.2
void TestPresenceService::a_new_name_tells_the_presence_again()
{
    PresenceWorld w;
    w.open(w.ann, "s1");
    w.told();
    UserSelf renamed;
    renamed.id = w.ann;
    w.bus().publish(UserUpdated{renamed});
    QTRY_COMPARE(w.events().count<PresenceChanged>(), 2); // one a guild
}

void TestPresenceService::the_most_present_session_counts()
{
    PresenceWorld w;
    w.open(w.bob, "s1", Status::Idle);
    w.open(w.bob, "s2", Status::DoNotDisturb);
    QCOMPARE(w.told(), u"idle dnd"_s);
    w.open(w.bob, "s3", Status::Online);
    QCOMPARE(w.told(), u"online"_s);
    w.open(w.bob, "s4", Status::Invisible);
    w.close(w.bob, "s2", false);
    QCOMPARE(w.told(), QString());
    w.close(w.bob, "s3", false);
    QCOMPARE(w.told(), u"idle"_s);
    w.close(w.bob, "s1", false);
    QCOMPARE(w.told(), u"offline"_s);
}

void TestPresenceService::a_broken_connection_has_time_to_come_back()
{
    PresenceWorld w;
    w.open(w.bob, "s1");
    w.told();
    w.close(w.bob, "s1", true);
    w.service().removeLeft();
    QCOMPARE(w.told(), QString());
    w.clock().advance(7999ms);
    w.service().removeLeft();
    QCOMPARE(w.told(), QString());
    QCOMPARE(w.service().online({w.bob}).size(), size_t(1));
    w.open(w.bob, "s2"); // and it does
    w.clock().advance(1ms);
    w.service().removeLeft();
    QCOMPARE(w.told(), QString());
    w.close(w.bob, "s2", true);
    w.clock().advance(10s); // api.md 12.2: ten seconds at most
    w.service().removeLeft();
    QCOMPARE(w.told(), u"offline"_s);
    w.service().removeLeft();
    QCOMPARE(w.told(), QString());
}

void TestPresenceService::a_broken_connection_of_two_is_no_news()
{
    PresenceWorld w;
    w.open(w.bob, "s1");
    w.open(w.bob, "s2");
    w.told();
    w.close(w.bob, "s1", true);
    w.clock().advance(10s);
    w.service().removeLeft();
    QCOMPARE(w.told(), QString());
    // Nor is one that nobody saw.
    w.open(w.ann, "s3", Status::Invisible);
    w.close(w.ann, "s3", true);
    w.clock().advance(10s);
    w.service().removeLeft();
    QCOMPARE(w.told(), QString());
}

void TestPresenceService::an_update_keeps_the_time_to_leave()
{
    PresenceWorld w;
    w.open(w.bob, "s1");
    w.close(w.bob, "s1", true);
    w.service().update(w.session(w.bob, "s1"), w.status(Status::Idle));
    QCOMPARE(w.told(), u"online idle"_s);
    w.clock().advance(10s);
    w.service().removeLeft();
    QCOMPARE(w.told(), u"offline"_s);
}

void TestPresenceService::an_update_of_a_closed_session_is_lost()
{
    PresenceWorld w;
    w.open(w.bob, "s1");
    w.close(w.bob, "s1", false);
    w.told();
    w.service().update(w.session(w.bob, "s1"), w.status(Status::Online));
    QCOMPARE(w.told(), QString());
    QVERIFY(w.service().online({w.bob}).empty());
}

void TestPresenceService::activities_are_made_whole()
{
    PresenceWorld w;
    w.open(w.bob, "s1");
    w.events().clear();
    w.service().update(w.session(w.bob, "s1"),
                       w.status(Status::Online,
                                R"([{"name":"Chess","type":0,"party":{"id":"x"},"details":"e4"},)"
                                R"({"type":0},5,{"name":"Song","type":2,"created_at":7},)"
                                R"({"name":"x","type":9}])"));
    const auto event = w.events().last<PresenceChanged>();
    QCOMPARE(event.presence.activities.size(), size_t(2));
    QVERIFY2(
        event.payload(PayloadVariant::Full)
            .contains("\"activities\":[{\"name\":\"Chess\",\"type\":0,\"created_at\":"
                      + QByteArray::number(w.clock().now().ms)
                      + ",\"details\":\"e4\"},{\"name\":\"Song\",\"type\":2,\"created_at\":7}]"),
        event.payload(PayloadVariant::Full));
    w.service().update(w.session(w.bob, "s1"), w.status(Status::Online, "not a list"));
    QVERIFY(w.events().last<PresenceChanged>().presence.activities.empty());
}

void TestPresenceService::saying_the_same_again_is_no_news()
{
    PresenceWorld w;
    w.open(w.bob, "s1");
    const auto chess = w.status(Status::Online, R"([{"name":"Chess"}])");
    w.service().update(w.session(w.bob, "s1"), chess);
    w.told();
    w.clock().advance(1min);
    w.service().update(w.session(w.bob, "s1"), chess);
    QCOMPARE(w.told(), QString());
    w.service().update(w.session(w.bob, "s1"), w.status(Status::Online, R"([{"name":"Go"}])"));
    QCOMPARE(w.told(), u"online"_s);
}

void TestPresenceService::bots_say_less_about_themselves()
{
    PresenceWorld w;
    const UserId bot = w.bot(u"helper"_s, w.ann);
    w.join(w.first, bot);
    w.service().sessionOpened(
        w.session(bot, "s1", true),
        w.status(Status::Online, R"([{"name":"a","state":"b","details":"c","type":3}])"));
    const auto presence = w.events().last<PresenceChanged>().presence;
    QCOMPARE(presence.activities.front().state.value(), u"b"_s);
    QVERIFY(!presence.activities.front().details);
    QCOMPARE(presence.clientStatus.web.value(), u"online"_s);
    QVERIFY(!presence.clientStatus.desktop);
}

void TestPresenceService::who_is_online_can_be_asked()
{
    PresenceWorld w;
    const UserId carol = w.user(u"carol"_s);
    w.open(w.ann, "s1");
    w.open(w.bob, "s2", Status::Invisible);
    w.open(carol, "s3", Status::Idle);
    const std::vector<UserId> all{w.ann, w.bob, carol, UserId(1)};
    QCOMPARE(w.service().countOnline(all), 2);
    QCOMPARE(w.service().online(all).size(), size_t(2));
    QVERIFY(!w.service().online(all).front().guildId);
    QCOMPARE(w.service().everybodyOnline().size(), size_t(2));
}

void TestPresenceService::people_who_come_and_go_at_once_end_as_they_are()
{
    PresenceWorld w;
    for (int round = 0; round < 30; ++round) {
        const QByteArray before = "a" + QByteArray::number(round);
        const QByteArray after = "b" + QByteArray::number(round);
        w.open(w.bob, before);
        w.close(w.bob, before, true);
        w.clock().advance(10s);
        std::thread comingBack([&] { w.open(w.bob, after); });
        w.service().removeLeft();
        comingBack.join();
        const auto events = w.events().all<PresenceChanged>();
        QCOMPARE(events.back().presence.status, u"online"_s);
        w.close(w.bob, after, false);
        w.events().clear();
    }
}

void TestPresenceService::a_presence_is_what_the_contract_says()
{
    PresenceWorld w;
    w.open(w.bob, "s1");
    const auto event = w.events().last<PresenceChanged>();
    QCOMPARE(event.payload(PayloadVariant::Full),
             "{\"user\":{\"id\":\"" + str(w.bob) + "\"},\"guild_id\":\"" + str(w.first)
                 + R"(","status":"online","activities":[],"client_status":{"desktop":"online"}})");
    QCOMPARE(event.intent(), Intent::GuildPresences);
    w.close(w.bob, "s1", false);
    QVERIFY(w.events()
                .last<PresenceChanged>()
                .payload(PayloadVariant::Full)
                .contains(R"("status":"offline","activities":[],"client_status":{}})"));
}

QTEST_GUILESS_MAIN(TestPresenceService)
#include "tst_presence_service.moc"
