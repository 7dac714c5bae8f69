// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_world.h"
#include "server/modules/message/message_events.h"

#include <QtTest>

#include <random>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

namespace {

using Ids = std::vector<quint64>;

Ids idsOf(const GuildWorld::Answer &page)
{
    Ids ids;
    for (const json::Value &message : page.document.GetArray())
        ids.push_back(QByteArray(json::member(message, "id")->GetString()).toULongLong());
    return ids;
}

/// What the contract says a page is, over all ids that are there. @source api.md 6.6
Ids expectedPage(Ids all, const QByteArray &anchor, quint64 at, size_t limit)
{
    std::sort(all.begin(), all.end());
    const auto bound = std::lower_bound(all.begin(), all.end(), at);
    Ids page;
    if (anchor == "after") {
        auto first = std::upper_bound(all.begin(), all.end(), at);
        page.assign(first, first + std::min<ptrdiff_t>(ptrdiff_t(limit), all.end() - first));
    } else if (anchor == "around") {
        const auto older = std::min<ptrdiff_t>(ptrdiff_t(limit / 2), bound - all.begin());
        const auto newer = std::min<ptrdiff_t>(ptrdiff_t(limit - limit / 2), all.end() - bound);
        page.assign(bound - older, bound + newer);
    } else {
        const auto end = anchor == "before" ? bound : all.end();
        page.assign(end - std::min<ptrdiff_t>(ptrdiff_t(limit), end - all.begin()), end);
    }
    std::reverse(page.begin(), page.end());
    return page;
}

} // namespace

/// GET /channels/{c}/messages and one message. @source api.md 6.6
class TestMessagePages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void pages_are_what_a_model_says_while_messages_vanish();
    void of_several_anchors_the_strongest_counts();
    void a_query_is_refused_data();
    void a_query_is_refused();
    void reading_is_refused_data();
    void reading_is_refused();
    void without_history_there_is_nothing();
    void a_channel_shows_no_other_channels_messages();
    void a_page_costs_one_statement();
    void authors_that_change_their_name_are_shown_with_it();
    void the_storefront_shows_the_same_with_its_own_names();
    void the_storefront_posts_data();
    void the_storefront_posts();

private:
    GuildWorld::Answer page(const QByteArray &query)
    {
        return m_world->ask("GET", MessageWorld::path(m_world->general) + query, m_world->bob);
    }
    std::unique_ptr<MessageWorld> m_world;
};

void TestMessagePages::initTestCase()
{
    m_world = std::make_unique<MessageWorld>();
}

void TestMessagePages::pages_are_what_a_model_says_while_messages_vanish()
{
    MessageWorld &w = *m_world;
    QCOMPARE(page("").body, QByteArray("[]"));
    std::mt19937 random(20260101);
    Ids all;
    Ids ever;
    for (int i = 0; i < 150; ++i) {
        w.clock().advance(std::chrono::milliseconds(random() % 3));
        all.push_back(w.post(w.bob, w.general, QByteArray::number(i)).value());
    }
    ever = all;
    const std::vector<QByteArray> anchors{"", "before", "after", "around"};
    const std::vector<size_t> limits{1, 2, 3, 7, 50, 100};
    for (int round = 0; round < 400; ++round) {
        if (round % 4 == 0 && all.size() > 20) {
            const size_t victim = random() % all.size();
            QCOMPARE(w.ask("DELETE", MessageWorld::path(w.general, MessageId(all[victim])), w.bob)
                         .status,
                     204);
            all.erase(all.begin() + ptrdiff_t(victim));
        }
        const QByteArray anchor = anchors[random() % anchors.size()];
        const size_t limit = limits[random() % limits.size()];
        // Any id will do as an anchor: one that is there, that was, that lies between or beyond.
        quint64 at = ever[random() % ever.size()];
        at = std::vector<quint64>{at, at + 1, at - 1, 0, quint64(INT64_MAX)}[random() % 5];
        QByteArray query = "?limit=" + QByteArray::number(quint64(limit));
        if (!anchor.isEmpty())
            query += '&' + anchor + '=' + QByteArray::number(at);
        const auto answer = page(query);
        QVERIFY2(answer.status == 200, answer.body);
        const Ids expected = expectedPage(all, anchor, at, limit);
        QVERIFY2(idsOf(answer) == expected, query);
    }
    QCOMPARE(idsOf(page("")), expectedPage(all, "", 0, 50)); // fifty unless asked otherwise
}

void TestMessagePages::of_several_anchors_the_strongest_counts()
{
    MessageWorld &w = *m_world;
    Ids ids;
    for (int i = 0; i < 6; ++i)
        ids.push_back(w.post(w.bob, w.general, "x").value());
    const QByteArray at = "=" + QByteArray::number(ids[3]);
    QCOMPARE(idsOf(page("?limit=2&after" + at + "&before" + at)), (Ids{ids[2], ids[1]}));
    QCOMPARE(idsOf(page("?limit=2&after" + at + "&around" + at)), (Ids{ids[3], ids[2]}));
    QCOMPARE(idsOf(page("?limit=2&before" + at + "&around" + at)), (Ids{ids[3], ids[2]}));
}

void TestMessagePages::a_query_is_refused_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("leaf");
    QTest::newRow("none") << "?limit=0"_ba
                          << "limit"_ba
                          << "NUMBER_TYPE_MIN"_ba;
    QTest::newRow("too many") << "?limit=101"_ba
                              << "limit"_ba
                              << "NUMBER_TYPE_MAX"_ba;
    QTest::newRow("negative") << "?limit=-1"_ba
                              << "limit"_ba
                              << "NUMBER_TYPE_MIN"_ba;
    QTest::newRow("no number") << "?limit=all"_ba
                               << "limit"_ba
                               << "NUMBER_TYPE_COERCE"_ba;
    QTest::newRow("huge") << "?limit=99999999999999999999"_ba
                          << "limit"_ba
                          << "NUMBER_TYPE_COERCE"_ba;
    QTest::newRow("no id") << "?before=now"_ba
                           << "before"_ba
                           << "NUMBER_TYPE_COERCE"_ba;
    QTest::newRow("too great an id") << "?after=9223372036854775808"_ba
                                     << "after"_ba
                                     << "NUMBER_TYPE_COERCE"_ba;
    QTest::newRow("empty id") << "?around="_ba
                              << "around"_ba
                              << "NUMBER_TYPE_COERCE"_ba;
}

void TestMessagePages::a_query_is_refused()
{
    QFETCH(const QByteArray, query);
    QFETCH(const QByteArray, place);
    QFETCH(const QByteArray, leaf);
    const auto answer = page(query);
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.codeAt(place) == leaf, answer.body);
}

void TestMessagePages::reading_is_refused_data()
{
    QTest::addColumn<UserId>("who");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    MessageWorld &w = *m_world;
    const UserId outsider = w.user(u"outsider"_s);
    const MessageId message = w.post(w.bob, w.general, "x");
    const ChannelId other = w.channel(w.home);
    const ChannelId category = w.channel(w.home, {ChannelType::Category});
    const ChannelId hidden = w.channel(w.home);
    w.overwriteRole(hidden, RoleId(w.home), {}, Permission::ViewChannel);
    const auto path = [](ChannelId c) {
        return MessageWorld::path(c);
    };
    QTest::newRow("no channel") << w.bob << path(ChannelId(1)) << 404 << 10003;
    QTest::newRow("outsider") << outsider << path(w.general) << 403 << 50001;
    QTest::newRow("outsider, bad query")
        << outsider << path(w.general) + "?limit=0" << 403 << 50001;
    QTest::newRow("hidden") << w.bob << path(hidden) << 403 << 50001;
    QTest::newRow("category") << w.bob << path(category) << 400 << 50008;
    QTest::newRow("no message") << w.bob << path(w.general) + "/1" << 404 << 10008;
    QTest::newRow("bad id") << w.bob << path(w.general) + "/x" << 400 << 50035;
    QTest::newRow("another channel's") << w.bob << path(other) + '/' + str(message) << 404 << 10008;
    QTest::newRow("one, as an outsider")
        << outsider << path(w.general) + '/' + str(message) << 403 << 50001;
}

void TestMessagePages::reading_is_refused()
{
    QFETCH(const UserId, who);
    QFETCH(const QByteArray, path);
    QFETCH(const int, status);
    QFETCH(const int, code);
    const auto answer = m_world->ask("GET", path, who);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.code(), code);
}

void TestMessagePages::without_history_there_is_nothing()
{
    MessageWorld &w = *m_world;
    const ChannelId channel = w.channel(w.home);
    const MessageId message = w.post(w.ann, channel, "x");
    w.overwriteRole(channel, RoleId(w.home), {}, Permission::ReadMessageHistory);
    QCOMPARE(w.ask("GET", MessageWorld::path(channel), w.bob).body, QByteArray("[]"));
    const auto one = w.ask("GET", MessageWorld::path(channel, message), w.bob);
    QCOMPARE(one.status, 403);
    QCOMPARE(one.code(), 50013);
    QCOMPARE(w.ask("GET", MessageWorld::path(channel, message), w.ann).status, 200);
}

void TestMessagePages::a_channel_shows_no_other_channels_messages()
{
    MessageWorld &w = *m_world;
    const ChannelId one = w.channel(w.home);
    const ChannelId two = w.channel(w.home);
    const MessageId a = w.post(w.bob, one, "a");
    const MessageId b = w.post(w.bob, two, "b");
    QCOMPARE(idsOf(w.ask("GET", MessageWorld::path(one), w.bob)), Ids{a.value()});
    QCOMPARE(idsOf(w.ask("GET", MessageWorld::path(two), w.bob)), Ids{b.value()});
}

void TestMessagePages::a_page_costs_one_statement()
{
    MessageWorld &w = *m_world;
    const ChannelId channel = w.channel(w.home);
    const MessageId first = w.post(w.ann, channel, "first");
    for (int i = 0; i < 60; ++i) {
        w.ask("POST", MessageWorld::path(channel), i % 2 ? w.ann : w.bob,
              "{\"content\":\"<@" + str(w.ann) + ">\",\"message_reference\":{\"message_id\":\""
                  + str(first) + "\"}}");
    }
    w.ask("GET", MessageWorld::path(channel), w.bob);
    w.statements();
    const auto fifty = w.ask("GET", MessageWorld::path(channel), w.bob);
    QCOMPARE(idsOf(fifty).size(), size_t(50));
    QCOMPARE(fifty.at("49.referenced_message.content"), u"first"_s);
    QCOMPARE(w.statements(), QByteArrayList{"message.page_before"});
    w.ask("GET", MessageWorld::path(channel) + "?after=1", w.bob);
    QCOMPARE(w.statements(), QByteArrayList{"message.page_from"});
}

void TestMessagePages::authors_that_change_their_name_are_shown_with_it()
{
    MessageWorld &w = *m_world;
    const UserId carol = w.member(u"carol"_s, w.home);
    w.post(carol, w.general, "x");
    QCOMPARE(page("?limit=1").at("0.author.username"), u"carol"_s);
    const auto changed = w.database().transact([&](db::Tx &tx) {
        UserChanges changes;
        changes.username = u"caroline"_s;
        return w.users().change(tx, carol, changes);
    });
    QVERIFY(changed);
    QCOMPARE(page("?limit=1").at("0.author.username"), u"caroline"_s);
}

void TestMessagePages::the_storefront_shows_the_same_with_its_own_names()
{
    MessageWorld &w = *m_world;
    const MessageId message = w.post(w.bob, w.general, "x");
    const QByteArray path = "/messages/channel/" + str(w.general);
    for (const QByteArray &prefix : {QByteArray(), "/api/v10"_ba}) {
        const auto list = w.ask("GET", prefix + path + "?limit=1", w.bob);
        QVERIFY2(list.status == 200, list.body);
        QCOMPARE(list.at("0.id"), message.toString());
        QCOMPARE(list.at("0.channelId"), w.general.toString());
        QCOMPARE(list.at("0.authorId"), w.bob.toString());
        QCOMPARE(list.at("0.createdAt"), list.at("0.timestamp"));
    }
    const auto refused = w.ask("GET", path, w.user(u"stranger"_s));
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.at("statusCode"), u"403"_s);
    QCOMPARE(refused.at("error"), u"Forbidden"_s);
}

void TestMessagePages::the_storefront_posts_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    MessageWorld &w = *m_world;
    const QByteArray channel = '"' + str(w.general) + '"';
    const QByteArray first = '"' + str(w.post(w.ann, w.general, "first")) + '"';
    QTest::newRow("camel") << R"({"content":"x","channelId":)" + channel + '}' << 201 << -1;
    QTest::newRow("snake") << R"({"content":"x","channel_id":)" + channel + '}' << 201 << -1;
    QTest::newRow("reply") << R"({"content":"x","replyTo":)" + first + R"(,"channelId":)" + channel
            + '}' << 201 << -1;
    QTest::newRow("reply to nothing")
        << R"({"content":"x","replyTo":"1","channelId":)" + channel + '}' << 400 << 50035;
    QTest::newRow("no channel") << R"({"content":"x"})"_ba << 400 << 50035;
    QTest::newRow("unknown channel") << R"({"content":"x","channelId":"1"})"_ba << 404 << 10003;
    QTest::newRow("empty") << "{\"channelId\":" + channel + '}' << 400 << 50006;
    QTest::newRow("too long") << "{\"channelId\":" + channel + ",\"content\":\""
            + QByteArray("a").repeated(2001)
            + "\"}" << 400 << 50035;
}

void TestMessagePages::the_storefront_posts()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const int, code);
    MessageWorld &w = *m_world;
    w.events().clear();
    const auto answer = w.ask("POST", "/messages", w.bob, body);
    QVERIFY2(answer.status == status, answer.body);
    QCOMPARE(answer.code(), code);
    QCOMPARE(w.events().count<MessageCreated>(), status == 201 ? 1 : 0);
    if (status == 201) {
        QCOMPARE(answer.at("channelId"), w.general.toString());
        QCOMPARE(answer.at("authorId"), w.bob.toString());
        QCOMPARE(answer.at("createdAt"), answer.at("timestamp"));
    } else {
        QCOMPARE(answer.at("statusCode"), QString::number(status));
    }
}

QTEST_GUILESS_MAIN(TestMessagePages)
#include "tst_message_pages.moc"
