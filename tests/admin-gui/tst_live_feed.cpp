// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/live_feed.h"
#include "tests/admin-gui/support/sample_guild.h"
#include "tests/admin-gui/support/scripted_socket.h"

#include <QSignalSpy>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// Events of the gateway become typed signals.
class TestLiveFeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void ready_brings_the_account_and_its_guilds();
    void a_guild_that_is_out_is_left_for_later();
    void events_become_signals_data();
    void events_become_signals();
    void a_guild_deletion_names_the_guild();
    void direct_messages_are_no_channels_of_guilds();
    void an_event_that_cannot_be_read_is_told();
    void unknown_events_are_ignored();

private:
    ScriptedSocket *m_socket = nullptr;
    std::unique_ptr<LiveFeed> m_feed;
};

void TestLiveFeed::init()
{
    auto socket = std::make_unique<ScriptedSocket>();
    m_socket = socket.get();
    m_feed = std::make_unique<LiveFeed>(std::move(socket));
    m_feed->link().start(QUrl(u"ws://gateway.example:1"_qs), Secret<QString>(u"t"_qs));
    m_socket->hello();
}

void TestLiveFeed::ready_brings_the_account_and_its_guilds()
{
    UserSelf self;
    std::vector<GatewayGuild> guilds;
    connect(m_feed.get(), &LiveFeed::ready, this, [&](const UserSelf &who, const auto &list) {
        self = who;
        guilds = list;
    });
    QSignalSpy unreadable(m_feed.get(), &LiveFeed::unreadable);
    m_socket->dispatch("READY", sampleReady(ann, {sampleGuild()}));
    QCOMPARE(self.id, ann);
    QCOMPARE(guilds.size(), size_t(1));
    QCOMPARE(guilds[0].members.size(), size_t(4));
    QCOMPARE(guilds[0].roles.size(), size_t(3));
    QCOMPARE(guilds[0].presences.size(), size_t(3));
    QCOMPARE(unreadable.size(), 0);
}

void TestLiveFeed::a_guild_that_is_out_is_left_for_later()
{
    size_t count = 99;
    connect(m_feed.get(), &LiveFeed::ready, this,
            [&](const UserSelf &, const auto &list) { count = list.size(); });
    QSignalSpy added(m_feed.get(), &LiveFeed::guildAdded);
    QSignalSpy unreadable(m_feed.get(), &LiveFeed::unreadable);
    QByteArray ready = sampleReady(ann, {});
    ready.replace("\"guilds\":[]", "\"guilds\":[{\"id\":\"1000\",\"unavailable\":true}]");
    m_socket->dispatch("READY", ready);
    QCOMPARE(count, size_t(0));
    m_socket->dispatch("GUILD_CREATE", "{\"id\":\"1000\",\"unavailable\":true}");
    QCOMPARE(added.size(), 0);
    m_socket->dispatch("GUILD_CREATE", json::encode(sampleGuild()));
    QCOMPARE(added.size(), 1);
    QCOMPARE(unreadable.size(), 0);
}

void TestLiveFeed::events_become_signals_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("d");
    QTest::addColumn<QByteArray>("signal");
    const QByteArray member
        = json::encode(sampleGuildMember(cyn, QStringLiteral("Cyn"), {helpers}));
    const QByteArray role = "{\"guild_id\":\"1000\",\"role\":"
        + json::encode(sampleRole(helpers, QStringLiteral("Helpers"), 1)) + '}';
    Channel channel;
    channel.id = ChannelId(3001);
    channel.guildId = hall;
    channel.name = u"general"_qs;
    const auto row = [](const char *event, const QByteArray &d, const char *signal) {
        QTest::newRow(event) << QByteArray(event) << d << QByteArray(signal);
    };
    row("RESUMED", "{}", "resumed()");
    row("GUILD_UPDATE", json::encode(static_cast<const Guild &>(sampleGuild())),
        "guildChanged(guildhall::Guild)");
    row("GUILD_MEMBER_ADD", member, "memberJoined(guildhall::GuildMember)");
    row("GUILD_MEMBER_UPDATE", member, "memberChanged(guildhall::GuildMember)");
    row("GUILD_MEMBER_REMOVE",
        "{\"guild_id\":\"1000\",\"user\":" + json::encode(sampleUser(cyn, QStringLiteral("Cyn")))
            + '}',
        "memberLeft(guildhall::GuildId,guildhall::User)");
    row("GUILD_ROLE_CREATE", role, "roleChanged(guildhall::GuildId,guildhall::Role)");
    row("GUILD_ROLE_UPDATE", role, "roleChanged(guildhall::GuildId,guildhall::Role)");
    row("GUILD_ROLE_DELETE", "{\"guild_id\":\"1000\",\"role_id\":\"2001\"}",
        "roleRemoved(guildhall::GuildId,guildhall::RoleId)");
    row("PRESENCE_UPDATE", json::encode(samplePresence(bob, QStringLiteral("dnd"))),
        "presenceChanged(guildhall::Presence)");
    row("CHANNEL_CREATE", json::encode(channel), "channelChanged(guildhall::Channel)");
    row("CHANNEL_UPDATE", json::encode(channel), "channelChanged(guildhall::Channel)");
    row("CHANNEL_DELETE", json::encode(channel), "channelRemoved(guildhall::Channel)");
}

void TestLiveFeed::events_become_signals()
{
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, d);
    QFETCH(QByteArray, signal);
    const QByteArray code = QByteArray::number(QSIGNAL_CODE) + signal;
    QSignalSpy spy(m_feed.get(), code.constData());
    QVERIFY(spy.isValid());
    QSignalSpy unreadable(m_feed.get(), &LiveFeed::unreadable);
    m_socket->dispatch(event, d);
    QCOMPARE(unreadable.size(), 0);
    QCOMPARE(spy.size(), 1);
}

void TestLiveFeed::a_guild_deletion_names_the_guild()
{
    GuildId gone;
    connect(m_feed.get(), &LiveFeed::guildRemoved, this, [&](GuildId id) { gone = id; });
    m_socket->dispatch("GUILD_DELETE", "{\"id\":\"1000\"}");
    QCOMPARE(gone, hall);
}

void TestLiveFeed::direct_messages_are_no_channels_of_guilds()
{
    QSignalSpy changed(m_feed.get(), &LiveFeed::channelChanged);
    QSignalSpy unreadable(m_feed.get(), &LiveFeed::unreadable);
    m_socket->dispatch("CHANNEL_CREATE", "{\"id\":\"9\",\"type\":1,\"recipients\":[]}");
    QCOMPARE(changed.size(), 0);
    QCOMPARE(unreadable.size(), 0);
}

void TestLiveFeed::an_event_that_cannot_be_read_is_told()
{
    QSignalSpy unreadable(m_feed.get(), &LiveFeed::unreadable);
    m_socket->dispatch("GUILD_MEMBER_UPDATE", "{\"guild_id\":\"x\"}");
    QCOMPARE(unreadable.size(), 1);
    QCOMPARE(unreadable.front().front().toByteArray(), "GUILD_MEMBER_UPDATE");
}

void TestLiveFeed::unknown_events_are_ignored()
{
    QSignalSpy unreadable(m_feed.get(), &LiveFeed::unreadable);
    m_socket->dispatch("MESSAGE_CREATE", "{}");
    m_socket->dispatch("SOMETHING_NEW", "[]");
    QCOMPARE(unreadable.size(), 0);
}

QTEST_GUILESS_MAIN(TestLiveFeed)
#include "tst_live_feed.moc"
