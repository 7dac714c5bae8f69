// SPDX-License-Identifier: GPL-3.0-or-later
#include "channel_world.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// Channels by the simple routes. @source api.md 12.1
class TestChannelStorefront : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<ChannelWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void the_storefront_lists_what_is_visible();
    void the_storefront_makes_channels_data();
    void the_storefront_makes_channels();

private:
    std::unique_ptr<ChannelWorld> m_world;
};

void TestChannelStorefront::the_storefront_lists_what_is_visible()
{
    ChannelWorld &w = *m_world;
    const ChannelId hidden = w.channel(w.home);
    w.overwriteRole(hidden, RoleId(w.home), {}, Permission::ViewChannel);
    const ChannelId child = w.channel(w.home, {ChannelType::Text, w.category});
    const auto list = w.ask("GET", "/channels/guild/" + str(w.home), w.bob);
    QCOMPARE(list.status, 200);
    QVERIFY(!list.body.contains(str(hidden)));
    QVERIFY(list.body.contains("\"parentId\":\"" + str(w.category) + '"'));
    QVERIFY(list.body.contains("\"id\":\"" + str(child) + '"'));
    QCOMPARE(list.at("0.guildId"), w.home.toString());
    QVERIFY(w.ask("GET", "/channels/guild/" + str(w.home), w.ann).body.contains(str(hidden)));
}

void TestChannelStorefront::the_storefront_makes_channels_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    const QByteArray guild = '"' + str(m_world->home) + '"';
    const QByteArray parent = '"' + str(m_world->category) + '"';
    const auto row = [](const char *name, const QByteArray &body, int status, const QString &type) {
        QTest::newRow(name) << body << status << type;
    };
    row("camel", R"({"name":"x","guildId":)" + guild + '}', 201, u"0"_s);
    row("snake", R"({"name":"x","guild_id":)" + guild + '}', 201, u"0"_s);
    row("word", R"({"name":"x","type":"voice","guildId":)" + guild + '}', 201, u"2"_s);
    row("category", R"({"name":"x","type":"category","guildId":)" + guild + '}', 201, u"4"_s);
    row("number", R"({"name":"x","type":5,"guildId":)" + guild + '}', 201, u"5"_s);
    row("parent",
        R"({"name":"x","topic":"t","parentId":)" + parent + R"(,"guildId":)" + guild + '}', 201,
        u"0"_s);
    row("another word", R"({"name":"x","type":"forum","guildId":)" + guild + '}', 400, {});
    row("no guild", R"({"name":"x"})", 400, {});
    row("no name", "{\"guildId\":" + guild + '}', 400, {});
    row("unknown guild", R"({"name":"x","guildId":"1"})", 404, {});
}

void TestChannelStorefront::the_storefront_makes_channels()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QString, type);
    ChannelWorld &w = *m_world;
    const auto answer = w.ask("POST", "/channels", w.carol, body);
    QVERIFY2(answer.status == status, answer.body);
    if (status == 201) {
        QCOMPARE(answer.at("type"), type);
        QCOMPARE(answer.at("guildId"), w.home.toString());
        QCOMPARE(w.ask("POST", "/channels", w.bob, body).code(), 50013);
    } else {
        QCOMPARE(answer.at("statusCode"), QString::number(status));
    }
}

QTEST_GUILESS_MAIN(TestChannelStorefront)
#include "tst_channel_storefront.moc"
