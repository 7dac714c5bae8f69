// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/modules/app/stage.h"

#include <QJsonDocument>
#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// QCOMPARE would cut the text off.
#define VERIFY_AGREED(stage)                                                                       \
    do {                                                                                           \
        const QString disagreement = (stage).disagreement();                                       \
        QVERIFY2(disagreement.isEmpty(), qPrintable(disagreement));                                \
    } while (false)

namespace {

using Row = void (*)(const char *title, const char *who, const char *method, const char *path,
                     const char *body);

void aboutGuilds(Row row)
{
    row("a guild is renamed", "ann", "PATCH", "/guilds/$guild",
        R"({"name":"New","description":"Quiet","verification_level":2})");
    row("a guild has another owner", "ann", "PATCH", "/guilds/$guild", R"({"owner_id":"$bob"})");
    row("a guild's channels are set", "ann", "PATCH", "/guilds/$guild",
        R"({"system_channel_id":null,"afk_channel_id":"$voice","afk_timeout":60})");
    row("a guild is made", "ann", "POST", "/guilds", R"({"name":"Another"})");
    row("a bot makes a guild", "helper", "POST", "/guilds", R"({"name":"Another"})");
    row("a guild is deleted", "ann", "DELETE", "/guilds/$guild", "");
}

void aboutRoles(Row row)
{
    row("a role is made", "ann", "POST", "/guilds/$guild/roles",
        R"({"name":"new","color":255,"hoist":true})");
    row("a role is changed", "ann", "PATCH", "/guilds/$guild/roles/$low",
        R"({"name":"lower","color":255,"mentionable":true,"permissions":"8"})");
    row("@everyone is changed", "ann", "PATCH", "/guilds/$guild/roles/$guild",
        R"({"permissions":"0"})");
    row("roles are moved", "ann", "PATCH", "/guilds/$guild/roles",
        R"([{"id":"$low","position":2}])");
    row("a role is deleted", "ann", "DELETE", "/guilds/$guild/roles/$low", "");
    row("a role is granted", "ann", "PUT", "/guilds/$guild/members/$bob/roles/$high", "");
    row("a role is revoked", "ann", "DELETE", "/guilds/$guild/members/$bob/roles/$low", "");
    row("a bot is given a role", "ann", "PUT", "/guilds/$guild/members/$helper/roles/$low", "");
}

void aboutChannels(Row row)
{
    row("a channel is made", "ann", "POST", "/guilds/$guild/channels",
        R"({"name":"attic","parent_id":"$category","topic":"Dust"})");
    row("a voice channel is made", "ann", "POST", "/guilds/$guild/channels",
        R"({"name":"Attic","type":2,"bitrate":96000,"user_limit":5})");
    row("a channel nobody sees is made", "ann", "POST", "/guilds/$guild/channels",
        R"({"name":"attic","permission_overwrites":[{"id":"$guild","type":0,"deny":"1024"}]})");
    row("a channel is changed", "ann", "PATCH", "/channels/$general",
        R"({"name":"hall","topic":"Talk","nsfw":true,"rate_limit_per_user":5})");
    row("a hidden channel is changed", "ann", "PATCH", "/channels/$hidden", R"({"name":"cellar"})");
    row("a channel leaves its category", "ann", "PATCH", "/channels/$general",
        R"({"parent_id":null})");
    row("a category is changed for all in it", "ann", "PATCH", "/channels/$category",
        R"({"permission_overwrites":[{"id":"$high","type":0,"deny":"2048"}]})");
    row("channels are moved", "ann", "PATCH", "/guilds/$guild/channels",
        R"([{"id":"$general","position":7},{"id":"$voice","position":1}])");
    row("a channel is moved and locked", "ann", "PATCH", "/guilds/$guild/channels",
        R"([{"id":"$hidden","parent_id":"$category","lock_permissions":true}])");
    row("a channel is deleted", "ann", "DELETE", "/channels/$general", "");
    row("a hidden channel is deleted", "ann", "DELETE", "/channels/$hidden", "");
    row("a category is deleted", "ann", "DELETE", "/channels/$category", "");
    row("a channel is closed to a member", "ann", "PUT", "/channels/$general/permissions/$bob",
        R"({"type":1,"deny":"1024"})");
    row("a channel is closed to all", "ann", "PUT", "/channels/$general/permissions/$guild",
        R"({"type":0,"deny":"1024"})");
    row("a hidden channel is opened to a member", "ann", "PUT",
        "/channels/$hidden/permissions/$bob", R"({"type":1,"allow":"1024"})");
    row("a hidden channel is opened to all", "ann", "DELETE",
        "/channels/$hidden/permissions/$guild", "");
    row("a category is closed to a role", "ann", "PUT", "/channels/$category/permissions/$high",
        R"({"type":0,"deny":"1024"})");
    row("a category is opened to a role", "ann", "DELETE", "/channels/$category/permissions/$low",
        "");
    row("a message is posted", "bob", "POST", "/channels/$general/messages", R"({"content":"Hi"})");
    row("a message is posted unseen", "ann", "POST", "/channels/$hidden/messages",
        R"({"content":"Hi"})");
}

void aboutMembers(Row row)
{
    row("somebody joins", "carol", "POST", "/invites/$invite", "");
    row("somebody joins by the last use", "carol", "POST", "/invites/$once", "");
    row("a bot is added", "ann", "POST",
        "/oauth2/authorize?scope=bot&permissions=8&client_id=$robot", R"({"guild_id":"$guild"})");
    row("somebody leaves", "bob", "DELETE", "/users/@me/guilds/$guild", "");
    row("a bot leaves", "helper", "DELETE", "/users/@me/guilds/$guild", "");
    row("somebody is kicked", "ann", "DELETE", "/guilds/$guild/members/$bob", "");
    row("somebody who is not here is kicked", "ann", "DELETE", "/guilds/$guild/members/$dave", "");
    row("a bot is kicked", "ann", "DELETE", "/guilds/$guild/members/$helper", "");
    row("an application is deleted", "ann", "DELETE", "/applications/$helper", "");
    row("a member is changed", "ann", "PATCH", "/guilds/$guild/members/$bob",
        R"({"nick":"Bobby","roles":["$high"],"mute":true})");
    row("a member is timed out", "ann", "PATCH", "/guilds/$guild/members/$dave",
        R"({"communication_disabled_until":"2026-01-02T00:00:00Z"})");
    row("a member takes a nickname", "bob", "PATCH", "/guilds/$guild/members/@me",
        R"({"nick":"Bobby"})");
    row("a bot takes a nickname", "helper", "PATCH", "/guilds/$guild/members/@me/nick",
        R"({"nick":"Handy"})");
    row("an account has another name", "bob", "PATCH", "/users/@me", R"({"global_name":"Robert"})");
}

} // namespace

/// What a session knows and the events it gets are together what a new session would get. For each
/// thing that can be done: READY before, the events, READY after. @source architecture.md 3.9 (c)
class TestStateAndEvents : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void what_is_told_is_what_is_data();
    void what_is_told_is_what_is();
    void somebody_changes_their_status_data();
    void somebody_changes_their_status();
    void somebody_goes();
};

void TestStateAndEvents::what_is_told_is_what_is_data()
{
    QTest::addColumn<QByteArrayList>("request");
    for (const auto about : {aboutGuilds, aboutRoles, aboutChannels, aboutMembers}) {
        about([](const char *title, const char *who, const char *method, const char *path,
                 const char *body) {
            QTest::newRow(title) << QByteArrayList{who, method, path, body};
        });
    }
}

void TestStateAndEvents::what_is_told_is_what_is()
{
    QFETCH(const QByteArrayList, request);
    Stage stage;
    VERIFY_AGREED(stage);
    const Stage::States before = stage.states();
    stage.ask(request[0], request[1], request[2], request[3]);
    VERIFY_AGREED(stage);
    QVERIFY2(stage.states() != before, "nothing happened");
}

void TestStateAndEvents::somebody_changes_their_status_data()
{
    QTest::addColumn<QByteArray>("update");
    QTest::newRow("idle") << QByteArray(
        R"({"status":"idle","since":null,"afk":false,"activities":[{"name":"chess","type":0}]})");
    QTest::newRow("invisible") << QByteArray(
        R"({"status":"invisible","since":null,"afk":false,"activities":[]})");
}

void TestStateAndEvents::somebody_changes_their_status()
{
    QFETCH(const QByteArray, update);
    Stage stage;
    VERIFY_AGREED(stage);
    const Stage::States before = stage.states();
    stage.watcher("bob").client().send(3, QJsonDocument::fromJson(update).object());
    QTRY_VERIFY(stage.states() != before);
    VERIFY_AGREED(stage);
}

void TestStateAndEvents::somebody_goes()
{
    Stage stage;
    VERIFY_AGREED(stage);
    const QJsonObject before = stage.watcher("ann").state();
    stage.goes("bob");
    QTRY_VERIFY(stage.watcher("ann").state() != before);
    VERIFY_AGREED(stage);
}

QTEST_GUILESS_MAIN(TestStateAndEvents)
#include "tst_state_and_events.moc"
