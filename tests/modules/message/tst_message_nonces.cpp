// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_world.h"
#include "server/modules/message/message_events.h"

#include <QtTest>

#include <future>
#include <latch>
#include <set>
#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray enforced = R"({"content":"x","nonce":"n1","enforce_nonce":true})";

} // namespace

/// What must happen once, and what must not happen too soon. @source api.md 6.6, 3.3
class TestMessageNonces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<MessageWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void a_twin_gets_the_message_that_is_there();
    void a_nonce_that_is_not_enforced_is_no_twin();
    void a_nonce_belongs_to_its_author_and_channel();
    void a_nonce_is_forgotten_after_five_minutes();
    void a_nonce_of_a_deleted_message_can_be_used_again();
    void old_nonces_are_thrown_away();
    void of_many_twins_at_once_one_is_made();
    void twins_of_two_nodes_are_one();
    void slow_mode_makes_wait_and_keeps_its_word();
    void slow_mode_lets_a_twin_have_its_message();
    void slow_mode_counts_within_one_batch();
    void slow_mode_spares_some_data();
    void slow_mode_spares_some();
    void slow_mode_is_per_person_and_channel();
    void slow_mode_is_not_begun_by_a_notice();

private:
    std::unique_ptr<MessageWorld> m_world; ///< of the table: a database for each row takes long
};

void TestMessageNonces::a_twin_gets_the_message_that_is_there()
{
    MessageWorld w;
    const QByteArray path = MessageWorld::path(w.general);
    const auto first = w.ask("POST", path, w.bob, enforced);
    w.clock().advance(4min + 59s);
    const auto second = w.ask("POST", path, w.bob,
                              R"({"content":"something else","nonce":"n1","enforce_nonce":true})");
    QCOMPARE(second.status, 200);
    QCOMPARE(second.at("id"), first.at("id"));
    QCOMPARE(second.at("content"), u"x"_s);
    QCOMPARE(w.countMessages(w.general), 1);
    QCOMPARE(w.events().count<MessageCreated>(), 1);
    // A number is another nonce only if its text is.
    QCOMPARE(w.ask("POST", path, w.bob, R"({"content":"x","nonce":1,"enforce_nonce":true})").status,
             200);
    QCOMPARE(w.countMessages(w.general), 2);
}

void TestMessageNonces::a_nonce_that_is_not_enforced_is_no_twin()
{
    MessageWorld w;
    const QByteArray path = MessageWorld::path(w.general);
    for (const QByteArray &body :
         {R"({"content":"x","nonce":"n1"})"_ba, R"({"content":"x","nonce":"n1"})"_ba, enforced,
          R"({"content":"x","enforce_nonce":true})"_ba,
          R"({"content":"x","enforce_nonce":true})"_ba,
          R"({"content":"x","nonce":"n1","enforce_nonce":false})"_ba})
        QCOMPARE(w.ask("POST", path, w.bob, body).status, 200);
    QCOMPARE(w.countMessages(w.general), 6);
}

void TestMessageNonces::a_nonce_belongs_to_its_author_and_channel()
{
    MessageWorld w;
    const ChannelId other = w.channel(w.home);
    w.ask("POST", MessageWorld::path(w.general), w.bob, enforced);
    w.ask("POST", MessageWorld::path(w.general), w.ann, enforced);
    w.ask("POST", MessageWorld::path(other), w.bob, enforced);
    QCOMPARE(w.countMessages(w.general), 2);
    QCOMPARE(w.countMessages(other), 1);
}

void TestMessageNonces::a_nonce_is_forgotten_after_five_minutes()
{
    MessageWorld w;
    const QByteArray path = MessageWorld::path(w.general);
    const auto first = w.ask("POST", path, w.bob, enforced);
    w.clock().advance(5min + 1ms);
    const auto second = w.ask("POST", path, w.bob, enforced);
    QVERIFY(second.at("id") != first.at("id"));
    // The five minutes start anew.
    w.clock().advance(4min);
    QCOMPARE(w.ask("POST", path, w.bob, enforced).at("id"), second.at("id"));
}

void TestMessageNonces::a_nonce_of_a_deleted_message_can_be_used_again()
{
    MessageWorld w;
    const QByteArray path = MessageWorld::path(w.general);
    const auto first = w.ask("POST", path, w.bob, enforced);
    w.ask("DELETE", path + '/' + first.at("id").toLatin1(), w.bob);
    const auto second = w.ask("POST", path, w.bob, enforced);
    QCOMPARE(second.status, 200);
    QVERIFY(second.at("id") != first.at("id"));
    QCOMPARE(w.ask("POST", path, w.bob, enforced).at("id"), second.at("id"));
    QCOMPARE(w.countMessages(w.general), 1);
}

void TestMessageNonces::old_nonces_are_thrown_away()
{
    MessageWorld w;
    w.ask("POST", MessageWorld::path(w.general), w.bob, enforced);
    w.clock().advance(9min);
    w.ask("POST", MessageWorld::path(w.general), w.ann, enforced);
    w.clock().advance(2min);
    w.messages.forgetOldNonces();
    // Ann's is two minutes old and still counts; bob's would not count any more anyway.
    w.ask("POST", MessageWorld::path(w.general), w.ann, enforced);
    QCOMPARE(w.countMessages(w.general), 2);
}

void TestMessageNonces::of_many_twins_at_once_one_is_made()
{
    MessageWorld w;
    constexpr int threads = 8;
    constexpr int rounds = 10;
    w.ask("GET", MessageWorld::path(w.general), w.bob); // the rights are read once
    for (int round = 0; round < rounds; ++round) {
        const QByteArray body = "{\"content\":\"x\",\"enforce_nonce\":true,\"nonce\":\"r"
            + QByteArray::number(round) + "\"}";
        std::mutex mutex;
        std::set<QString> ids;
        std::latch together(threads);
        std::vector<std::thread> running;
        for (int i = 0; i < threads; ++i) {
            running.emplace_back([&] {
                together.arrive_and_wait();
                const auto answer = w.ask("POST", MessageWorld::path(w.general), w.bob, body);
                const std::lock_guard lock(mutex);
                ids.insert(answer.status == 200 ? answer.at("id") : QString::fromUtf8(answer.body));
            });
        }
        for (std::thread &thread : running)
            thread.join();
        QCOMPARE(ids.size(), size_t(1));
    }
    QCOMPARE(w.countMessages(w.general), rounds);
    QCOMPARE(w.events().count<MessageCreated>(), rounds);
}

void TestMessageNonces::twins_of_two_nodes_are_one()
{
    // A second lane on the same database is what a second node is.
    MessageWorld w;
    Router router;
    Kernel kernel{router, w.bus(), w.database(), w.kernel().ids, w.clock(), w.kernel().api};
    MessageView view(w.users());
    MessageLane lane(kernel);
    MessageCreation creation(kernel, w.permissions(), w.users(), view, lane);
    lane.start();
    CreateMessage body;
    body.content = u"x"_s;
    body.enforceNonce = true;
    constexpr int rounds = 40;
    for (int round = 0; round < rounds; ++round) {
        const QByteArray nonce = "r" + QByteArray::number(round);
        body.nonce = StringOrInt{nonce, false};
        std::promise<Result<Message>> there;
        creation.create(ModuleWorld::as(w.bob), w.general, body).then([&](Result<Message> message) {
            there.set_value(std::move(message));
        });
        const auto here
            = w.ask("POST", MessageWorld::path(w.general), w.bob,
                    "{\"content\":\"x\",\"enforce_nonce\":true,\"nonce\":\"" + nonce + "\"}");
        const auto other = there.get_future().get();
        QVERIFY(other);
        QCOMPARE(here.at("id"), other->id.toString());
    }
    QCOMPARE(w.countMessages(w.general), rounds);
    lane.stop();
}

void TestMessageNonces::slow_mode_makes_wait_and_keeps_its_word()
{
    MessageWorld w;
    const ChannelId slow = w.channel(w.home, {ChannelType::Text, {}, 10});
    const QByteArray path = MessageWorld::path(slow);
    QCOMPARE(w.ask("POST", path, w.bob, R"({"content":"1"})").status, 200);
    w.clock().advance(2500ms);
    const Response refused = w.call("POST", path, ModuleWorld::as(w.bob), R"({"content":"2"})");
    QCOMPARE(refused.status, 429);
    QVERIFY2(refused.body.contains(R"("code":20016,"retry_after":7.5,"global":false)"),
             refused.body);
    QVERIFY(refused.headers.contains({"Retry-After", "8"}));
    // Waiting exactly as long as it says is enough.
    w.clock().advance(7500ms);
    QCOMPARE(w.ask("POST", path, w.bob, R"({"content":"3"})").status, 200);
    w.clock().advance(9999ms);
    QCOMPARE(w.ask("POST", path, w.bob, R"({"content":"4"})").status, 429);
    // Changing what one wrote is not slowed.
    const QByteArray own = w.ask("GET", path + "?limit=1", w.bob).at("0.id").toLatin1();
    QCOMPARE(w.ask("PATCH", path + '/' + own, w.bob, R"({"content":"5"})").status, 200);
}

void TestMessageNonces::slow_mode_lets_a_twin_have_its_message()
{
    MessageWorld w;
    const QByteArray path = MessageWorld::path(w.channel(w.home, {ChannelType::Text, {}, 10}));
    const auto first = w.ask("POST", path, w.bob, enforced);
    w.clock().advance(1s);
    const auto twin = w.ask("POST", path, w.bob, enforced);
    QCOMPARE(twin.status, 200);
    QCOMPARE(twin.at("id"), first.at("id"));
    const QByteArray other = R"({"content":"x","nonce":"n2","enforce_nonce":true})";
    QCOMPARE(w.ask("POST", path, w.bob, other).status, 429);
    // What was refused is no message that a later one would be the twin of.
    w.clock().advance(10s);
    QCOMPARE(w.ask("POST", path, w.bob, other).status, 200);
    QCOMPARE(w.events().count<MessageCreated>(), 2);
}

void TestMessageNonces::slow_mode_counts_within_one_batch()
{
    MessageWorld w;
    const ChannelId slow = w.channel(w.home, {ChannelType::Text, {}, 10});
    w.ask("GET", MessageWorld::path(slow), w.bob);
    constexpr int threads = 8;
    std::atomic<int> stored{0};
    std::latch together(threads);
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i) {
        running.emplace_back([&] {
            together.arrive_and_wait();
            if (w.ask("POST", MessageWorld::path(slow), w.bob, R"({"content":"x"})").status == 200)
                ++stored;
        });
    }
    for (std::thread &thread : running)
        thread.join();
    QCOMPARE(stored, 1);
    QCOMPARE(w.countMessages(slow), 1);
}

void TestMessageNonces::slow_mode_spares_some_data()
{
    QTest::addColumn<Permissions>("rights");
    QTest::addColumn<bool>("bot");
    QTest::addColumn<bool>("spared");
    QTest::newRow("nobody") << Permissions() << false << false;
    QTest::newRow("ManageMessages") << Permissions(Permission::ManageMessages) << false << true;
    QTest::newRow("ManageChannels") << Permissions(Permission::ManageChannels) << false << true;
    QTest::newRow("BypassSlowmode") << Permissions(Permission::BypassSlowmode) << false << true;
    QTest::newRow("bot") << Permissions() << true << true;
}

void TestMessageNonces::slow_mode_spares_some()
{
    QFETCH(const Permissions, rights);
    QFETCH(const bool, bot);
    QFETCH(const bool, spared);
    MessageWorld &w = *m_world;
    const ChannelId slow = w.channel(w.home, {ChannelType::Text, {}, 10});
    const UserId who = bot ? w.bot(u"helper"_s, w.ann)
                           : w.user(QString::fromLatin1(QTest::currentDataTag()).toLower());
    w.join(w.home, who, {w.role(w.home, rights)});
    w.ask("POST", MessageWorld::path(slow), who, R"({"content":"x"})", bot);
    QCOMPARE(w.ask("POST", MessageWorld::path(slow), who, R"({"content":"x"})", bot).status,
             spared ? 200 : 429);
}

void TestMessageNonces::slow_mode_is_per_person_and_channel()
{
    MessageWorld w;
    const ChannelId slow = w.channel(w.home, {ChannelType::Text, {}, 10});
    const ChannelId other = w.channel(w.home, {ChannelType::Text, {}, 10});
    const UserId carol = w.member(u"carol"_s, w.home);
    const QByteArray body = R"({"content":"x"})";
    QCOMPARE(w.ask("POST", MessageWorld::path(slow), w.bob, body).status, 200);
    QCOMPARE(w.ask("POST", MessageWorld::path(slow), carol, body).status, 200);
    QCOMPARE(w.ask("POST", MessageWorld::path(other), w.bob, body).status, 200);
    QCOMPARE(w.ask("POST", MessageWorld::path(slow), w.bob, body).status, 429);
}

/// Somebody who is greeted in a slow channel has not written anything yet.
void TestMessageNonces::slow_mode_is_not_begun_by_a_notice()
{
    MessageWorld w;
    const ChannelId slow = w.channel(w.home, {ChannelType::Text, {}, 3600});
    static constexpr std::string_view names[] = {":id", ":channel", ":author"};
    static constexpr db::Query greet{
        "test.greet",
        "INSERT INTO messages (id, channel_id, author_id, type, content, created_at)"
        " VALUES ($1, $2, $3, 7, '', 0)",
        names};
    w.database().session().exec(greet, db::bind(":id", w.kernel().ids.next<MessageId>()),
                                db::bind(":channel", slow), db::bind(":author", w.bob));
    QCOMPARE(w.ask("POST", MessageWorld::path(slow), w.bob, R"({"content":"hello"})").status, 200);
    QCOMPARE(w.ask("POST", MessageWorld::path(slow), w.bob, R"({"content":"again"})").status, 429);
}

QTEST_GUILESS_MAIN(TestMessageNonces)
#include "tst_message_nonces.moc"
