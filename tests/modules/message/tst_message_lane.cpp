// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_world.h"
#include "server/modules/message/message_events.h"
#include "server/modules/message/message_lane.h"

#include <QtTest>

#include <atomic>
#include <future>
#include <latch>
#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

namespace {

using Outcome = Result<StoredMessage>;

/// A draft as a worker hands it over.
MessageDraft draftOf(const MessageWorld &w, ChannelId channel, const QString &content)
{
    MessageDraft draft;
    draft.record.channel = channel;
    draft.record.guild = w.home;
    draft.record.author = w.bob;
    draft.record.content = content;
    draft.shown.channelId = channel;
    draft.shown.guildId = w.home;
    draft.shown.content = content;
    return draft;
}

std::future<Outcome> outcomeOf(Later<Outcome> later)
{
    auto promise = std::make_shared<std::promise<Outcome>>();
    later.then([promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
    return promise->get_future();
}

/// Holds a lane at work until it is let go.
class Brake {
public:
    explicit Brake(MessageLane &lane)
    {
        std::promise<void> reached;
        auto atWork = reached.get_future();
        lane.run<api::NoReply>([this, &reached](db::Tx &) -> Result<api::NoReply> {
            reached.set_value();
            m_free.get_future().wait();
            return api::NoReply{};
        });
        atWork.wait();
    }
    void letGo() { m_free.set_value(); }

private:
    std::promise<void> m_free;
};

} // namespace

/// Where messages are written. @source architecture.md, api.md 8.3
class TestMessageLane : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ids_rise_in_the_order_of_events();
    void what_waits_is_stored_by_one_statement();
    void a_warm_post_costs_one_statement();
    void one_bad_message_does_not_hurt_the_others();
    void edits_and_deletions_keep_the_order();
    void stopping_writes_what_waits();
    void a_full_lane_refuses();
    void a_stopped_lane_refuses();
    void what_waits_too_long_is_refused();
    void a_stop_does_not_wait_for_ever();
    void an_answer_that_fails_does_not_end_the_lane();
    void a_fault_in_a_task_is_an_answer();
    void without_the_intent_there_is_no_content();
    void who_wrote_or_is_mentioned_sees_the_content();
};

void TestMessageLane::ids_rise_in_the_order_of_events()
{
    MessageWorld w;
    constexpr int threads = 6;
    constexpr int each = 60;
    const ChannelId other = w.channel(w.home);
    w.ask("GET", MessageWorld::path(w.general), w.bob);
    std::latch together(threads);
    std::atomic<int> stored{0};
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i) {
        running.emplace_back([&, i] {
            together.arrive_and_wait();
            const ChannelId channel = i % 2 ? w.general : other;
            for (int n = 0; n < each; ++n)
                stored += w.ask("POST", MessageWorld::path(channel), w.bob, R"({"content":"x"})")
                              .status
                    == 200;
        });
    }
    for (std::thread &thread : running)
        thread.join();
    QCOMPARE(stored, threads * each);
    const auto events = w.events().all<MessageCreated>();
    QCOMPARE(events.size(), size_t(threads * each));
    for (size_t i = 1; i < events.size(); ++i)
        QVERIFY(events[i - 1].message.id < events[i].message.id);
    QCOMPARE(w.countMessages(w.general) + w.countMessages(other), threads * each);
}

void TestMessageLane::what_waits_is_stored_by_one_statement()
{
    MessageWorld w;
    MessageLane lane(w.kernel());
    lane.start();
    Brake brake(lane);
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 50; ++i)
        outcomes.push_back(outcomeOf(lane.post(draftOf(w, w.general, QString::number(i)))));
    w.statements();
    brake.letGo();
    for (auto &outcome : outcomes)
        QVERIFY(outcome.get());
    QCOMPARE(w.statements(), QByteArrayList{"message.insert_messages"});
    const auto page = w.ask("GET", MessageWorld::path(w.general) + "?limit=100", w.bob);
    QCOMPARE(page.document.Size(), 50u);
    QCOMPARE(page.at("0.content"), u"49"_s);
    QCOMPARE(page.at("49.content"), u"0"_s);
}

void TestMessageLane::a_warm_post_costs_one_statement()
{
    MessageWorld w;
    w.post(w.bob, w.general, "warm");
    w.statements();
    w.post(w.bob, w.general, "x");
    QCOMPARE(w.statements(), QByteArrayList{"message.insert_messages"});
    w.post(w.bob, w.general, "<@" + str(w.ann) + "> @everyone");
    w.statements();
    w.post(w.bob, w.general, "<@" + str(w.ann) + "> @everyone");
    QCOMPARE(w.statements(), QByteArrayList{"message.insert_messages"});
}

void TestMessageLane::one_bad_message_does_not_hurt_the_others()
{
    MessageWorld w;
    const ChannelId doomed = w.channel(w.home);
    MessageLane lane(w.kernel());
    lane.start();
    Brake brake(lane);
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 10; ++i) {
        auto draft = draftOf(w, i == 4 || i == 7 ? doomed : w.general, QString::number(i));
        if (i == 7)
            draft.enforcedNonce = "n";
        outcomes.push_back(outcomeOf(lane.post(std::move(draft))));
    }
    w.deleteChannelRow(doomed);
    brake.letGo();
    for (int i = 0; i < 10; ++i) {
        const Outcome outcome = outcomes[size_t(i)].get();
        QCOMPARE(outcome.has_value(), i != 4 && i != 7);
        if (!outcome)
            QCOMPARE(outcome.error().code, ErrorCode::UnknownChannel);
    }
    QCOMPARE(w.countMessages(w.general), 8);
    QCOMPARE(w.events().count<MessageCreated>(), 8);
    QCOMPARE(w.events().all<MessageCreated>().back().message.content, u"9"_s);
    QVERIFY(outcomeOf(lane.post(draftOf(w, w.general, u"after"_s))).get());
}

void TestMessageLane::edits_and_deletions_keep_the_order()
{
    MessageWorld w;
    MessageLane lane(w.kernel());
    lane.start();
    Brake brake(lane);
    QByteArrayList order;
    const auto task = [&](const QByteArray &name) {
        lane.run<api::NoReply>([&order, name](db::Tx &) -> Result<api::NoReply> {
            order.append(name);
            return api::NoReply{};
        });
    };
    const auto post = [&](const QString &name) {
        lane.post(draftOf(w, w.general, name)).then([&order, name](Outcome) {
            order.append(name.toLatin1());
        });
    };
    post(u"1"_s);
    task("2");
    post(u"3"_s);
    post(u"4"_s);
    task("5");
    brake.letGo();
    lane.stop();
    QCOMPARE(order, (QByteArrayList{"1", "2", "3", "4", "5"}));
}

void TestMessageLane::stopping_writes_what_waits()
{
    MessageWorld w;
    std::vector<std::future<Outcome>> outcomes;
    {
        MessageLane lane(w.kernel());
        lane.start();
        Brake brake(lane);
        for (int i = 0; i < 200; ++i)
            outcomes.push_back(outcomeOf(lane.post(draftOf(w, w.general, u"x"_s))));
        brake.letGo();
        lane.stop();
    }
    QCOMPARE(w.countMessages(w.general), 200);
    for (auto &outcome : outcomes)
        QVERIFY(outcome.get());
}

void TestMessageLane::a_full_lane_refuses()
{
    MessageWorld w;
    MessageLane lane(w.kernel(), std::chrono::hours(1));
    lane.start();
    Brake brake(lane);
    std::atomic<int> refused{0};
    std::atomic<int> stored{0};
    constexpr int many = 10'050;
    for (int i = 0; i < many; ++i) {
        lane.post(draftOf(w, w.general, u"x"_s)).then([&](Outcome outcome) {
            if (outcome)
                ++stored;
            else if (outcome.error().code == ErrorCode::Unavailable && outcome.error().retryAfter)
                ++refused;
        });
    }
    QCOMPARE(refused, 50);
    auto task = outcomeOf(
        lane.run<StoredMessage>([](db::Tx &) -> Outcome { return refuse(ErrorCode::Internal); }));
    QCOMPARE(task.get().error().code, ErrorCode::Unavailable);
    brake.letGo();
    lane.stop(std::chrono::hours(1));
    QCOMPARE(stored, many - 50);
}

void TestMessageLane::a_stopped_lane_refuses()
{
    MessageWorld w;
    w.messages.stop();
    const auto answer = w.ask("POST", MessageWorld::path(w.general), w.bob, R"({"content":"x"})");
    QCOMPARE(answer.status, 503);
    QCOMPARE(w.countMessages(w.general), 0);
    MessageLane neverStarted(w.kernel());
    const Outcome outcome = outcomeOf(neverStarted.post(draftOf(w, w.general, u"x"_s))).get();
    QCOMPARE(outcome.error().code, ErrorCode::Unavailable);
}

void TestMessageLane::what_waits_too_long_is_refused()
{
    constexpr auto maxWait = std::chrono::seconds(1);
    MessageWorld w;
    MessageLane lane(w.kernel(), maxWait);
    lane.start();
    Brake brake(lane);
    auto late = outcomeOf(lane.post(draftOf(w, w.general, u"late"_s)));
    auto task = outcomeOf(lane.run<StoredMessage>(
        [](db::Tx &) -> Outcome { return refuse(ErrorCode::UnknownMessage); }));
    std::this_thread::sleep_for(maxWait * 11 / 10);
    auto early = outcomeOf(lane.post(draftOf(w, w.general, u"early"_s)));
    brake.letGo();
    const Outcome refusal = late.get();
    QCOMPARE(refusal.error().code, ErrorCode::Unavailable);
    QVERIFY(refusal.error().retryAfter);
    QCOMPARE(task.get().error().code, ErrorCode::Unavailable);
    QVERIFY(early.get());
    QCOMPARE(w.countMessages(w.general), 1);
}

void TestMessageLane::a_stop_does_not_wait_for_ever()
{
    MessageWorld w;
    MessageLane lane(w.kernel());
    lane.start();
    Brake brake(lane);
    auto waiting = outcomeOf(lane.post(draftOf(w, w.general, u"x"_s)));
    std::thread stopping([&] { lane.stop(std::chrono::milliseconds::zero()); });
    // Refused at once: it takes no more.
    while (outcomeOf(lane.post(draftOf(w, w.general, u"x"_s))).wait_for(std::chrono::seconds(0))
           != std::future_status::ready)
        std::this_thread::yield();
    brake.letGo();
    stopping.join();
    QCOMPARE(waiting.get().error().code, ErrorCode::Unavailable);
    QCOMPARE(w.countMessages(w.general), 0);
}

void TestMessageLane::an_answer_that_fails_does_not_end_the_lane()
{
    MessageWorld w;
    MessageLane lane(w.kernel());
    lane.start();
    QTest::ignoreMessage(QtCriticalMsg, "the answer to a message failed: no memory");
    QTest::ignoreMessage(QtCriticalMsg,
                         "a turn of the message lane failed: something that is no "
                         "std::exception was thrown");
    Brake brake(lane);
    auto first = outcomeOf(lane.post(draftOf(w, w.general, u"1"_s)));
    lane.post(draftOf(w, w.general, u"2"_s)).then([](Outcome) {
        throw std::runtime_error("no memory");
    });
    auto third = outcomeOf(lane.post(draftOf(w, w.general, u"3"_s)));
    lane.run<StoredMessage>([](db::Tx &) -> Outcome { return refuse(ErrorCode::UnknownMessage); })
        .then([](Outcome) { throw 42; });
    brake.letGo();
    QVERIFY(first.get());
    QVERIFY(third.get());
    QVERIFY(outcomeOf(lane.post(draftOf(w, w.general, u"after"_s))).get());
}

void TestMessageLane::a_fault_in_a_task_is_an_answer()
{
    MessageWorld w;
    MessageLane lane(w.kernel());
    lane.start();
    const Outcome bug = outcomeOf(lane.run<StoredMessage>([](db::Tx &) -> Outcome {
                            throw std::logic_error("a bug");
                        })).get();
    QCOMPARE(bug.error().code, ErrorCode::Internal);
    const Outcome refusal = outcomeOf(lane.run<StoredMessage>([](db::Tx &) -> Outcome {
                                return refuse(ErrorCode::UnknownMessage);
                            })).get();
    QCOMPARE(refusal.error().code, ErrorCode::UnknownMessage);
    QVERIFY(outcomeOf(lane.post(draftOf(w, w.general, u"after"_s))).get());
}

void TestMessageLane::without_the_intent_there_is_no_content()
{
    MessageWorld w;
    const MessageId first = w.post(w.ann, w.general, "first secret");
    w.ask("POST", MessageWorld::path(w.general), w.bob,
          "{\"content\":\"second secret\",\"embeds\":[{\"title\":\"secret\"}],"
          "\"message_reference\":{\"message_id\":\""
              + str(first) + "\"},\"allowed_mentions\":{\"parse\":[]}}");
    const auto event = w.events().last<MessageCreated>();
    const QByteArray full = event.payload(PayloadVariant::Full);
    QVERIFY(full.contains("first secret") && full.contains("second secret"));
    const QByteArray bare = event.payload(PayloadVariant::WithoutContent);
    QVERIFY2(!bare.contains("secret"), bare);
    QVERIFY(bare.contains(R"("content":"","timestamp")"));
    QVERIFY(bare.contains(R"("embeds":[])") && bare.contains(R"("attachments":[])"));
    QVERIFY(bare.contains("\"referenced_message\":{\"id\":\"" + str(first) + '"'));
    QVERIFY(bare.contains("\"guild_id\":\"" + str(w.home) + '"'));
    QCOMPARE(event.intent(), Intent::GuildMessages);
}

void TestMessageLane::who_wrote_or_is_mentioned_sees_the_content()
{
    MessageWorld w;
    const UserId carol = w.member(u"carol"_s, w.home);
    w.post(w.bob, w.general, "<@" + str(w.ann) + ">");
    const auto event = w.events().last<MessageCreated>();
    QVERIFY(event.showsContentTo(w.bob));
    QVERIFY(event.showsContentTo(w.ann));
    QVERIFY(!event.showsContentTo(carol));
    QVERIFY(event.message.mentions.front().member);
    QVERIFY(event.message.member);
    QCOMPARE(event.message.channelType, ChannelType::Text);
}

QTEST_GUILESS_MAIN(TestMessageLane)
#include "tst_message_lane.moc"
