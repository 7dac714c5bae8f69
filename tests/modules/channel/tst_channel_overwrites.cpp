// SPDX-License-Identifier: GPL-3.0-or-later
#include "channel_world.h"
#include "server/modules/channel/channel_events.h"
#include "server/modules/role/role_events.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// PUT and DELETE of overwrites, and who follows whom. @source api.md 4.2, 4.3, 6.5
class TestChannelOverwrites : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<ChannelWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void an_overwrite_is_put_data();
    void an_overwrite_is_put();
    void a_put_is_refused_data();
    void a_put_is_refused();
    void bits_need_to_be_held_to_be_changed();
    void nobody_takes_off_what_binds_them();
    void another_type_is_another_overwrite();
    void a_channel_has_a_hundred_overwrites();
    void an_overwrite_is_removed();
    void a_removal_is_refused();
    void children_that_are_in_step_follow_their_category_data();
    void children_that_are_in_step_follow_their_category();
    void a_role_takes_its_overwrites_with_it();
    void nothing_is_about_who_is_not_there_data();
    void nothing_is_about_who_is_not_there();
    void what_stands_may_be_sent_back_whoever_is_gone();

private:
    std::unique_ptr<ChannelWorld> m_world; ///< of the tables: a database for each row takes long
};

void TestChannelOverwrites::an_overwrite_is_put_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("allow");
    QTest::addColumn<QString>("deny");
    const auto row
        = [](const char *name, const QByteArray &body, const QString &allow, const QString &deny) {
              QTest::newRow(name) << body << allow << deny;
          };
    row("texts", R"({"type":1,"allow":"1024","deny":"2048"})", u"1024"_s, u"2048"_s);
    row("numbers", R"({"type":1,"allow":1024,"deny":2048})", u"1024"_s, u"2048"_s);
    row("word", R"({"type":"member","allow":"1024"})", u"1024"_s, u"0"_s);
    row("number as text", R"({"type":"1","deny":"2048"})", u"0"_s, u"2048"_s);
    row("null", R"({"type":1,"allow":null,"deny":null})", u"0"_s, u"0"_s);
    row("unknown bits", R"({"type":1,"allow":"140737488356352"})", u"1024"_s, u"0"_s);
    row("an id in the body is ignored", R"({"id":"5","type":1,"allow":"1024"})", u"1024"_s, u"0"_s);
}

void TestChannelOverwrites::an_overwrite_is_put()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, allow);
    QFETCH(const QString, deny);
    ChannelWorld &w = *m_world;
    const ChannelId channelId = w.channel(w.home);
    w.overwriteMember(channelId, w.bob, Permission::AddReactions, {});
    w.events().clear();
    const QByteArray path = ChannelWorld::overwritePath(channelId, w.bob.value());
    const Response response = w.call("PUT", path, ModuleWorld::as(w.carol), body);
    QVERIFY2(response.status == 204, response.body);
    const auto channel = w.ask("GET", ChannelWorld::path(channelId), w.ann);
    QCOMPARE(channel.at("permission_overwrites.0.id"), w.bob.toString());
    QCOMPARE(channel.at("permission_overwrites.0.type"), u"1"_s);
    QCOMPARE(channel.at("permission_overwrites.0.allow"), allow);
    QCOMPARE(channel.at("permission_overwrites.0.deny"), deny);
    QVERIFY(!channel.find("permission_overwrites.1"));
    QCOMPARE(w.events().names(), QByteArrayList{"CHANNEL_UPDATE"});
    QCOMPARE(w.events().last<ChannelUpdated>().payload(PayloadVariant::Full), channel.body);
}

void TestChannelOverwrites::a_put_is_refused_data()
{
    QTest::addColumn<QByteArray>("who");
    QTest::addColumn<QByteArray>("target"); // empty: @everyone
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const char *who, const QByteArray &target,
                        const QByteArray &body, int status, int code) {
        QTest::newRow(name) << QByteArray(who) << target << body << status << code;
    };
    row("no right", "bob", "", R"({"type":0})", 403, 50013);
    row("no right, bad body", "bob", "", "{", 403, 50013);
    row("outsider", "outsider", "", R"({"type":0})", 403, 50001);
    row("no JSON", "carol", "", "{", 400, 50109);
    row("no type", "carol", "", R"({"allow":"1"})", 400, 50035);
    row("another type", "carol", "", R"({"type":2})", 400, 50035);
    row("bad bits", "carol", "", R"({"type":0,"allow":"x"})", 400, 50035);
    row("negative bits", "carol", "", R"({"type":0,"allow":-1})", 400, 50035);
    row("both ways", "carol", "", R"({"type":0,"allow":"3072","deny":"2048"})", 400, 50035);
    row("no such role", "carol", "12345", R"({"type":0})", 404, 10011);
    row("no such person", "carol", "12345", R"({"type":1})", 404, 10013);
    row("no id", "carol", "x", R"({"type":1})", 400, 50035);
}

void TestChannelOverwrites::a_put_is_refused()
{
    QFETCH(const QByteArray, who);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const int, code);
    ChannelWorld &w = *m_world;
    w.events().clear();
    const UserId asking = who == "bob" ? w.bob : who == "carol" ? w.carol : w.outsider;
    const QByteArray path = ChannelWorld::path(w.general) + "/permissions/"
        + (target.isEmpty() ? str(w.home) : target);
    const auto answer = w.ask("PUT", path, asking, body);
    QVERIFY2(answer.status == status, answer.body);
    QCOMPARE(answer.code(), code);
    QVERIFY(w.events().names().isEmpty());
    QCOMPARE(w.ask("PUT", ChannelWorld::path(ChannelId(1)) + "/permissions/1", asking, body).code(),
             10003);
}

void TestChannelOverwrites::bits_need_to_be_held_to_be_changed()
{
    ChannelWorld w;
    const QByteArray path = ChannelWorld::overwritePath(w.general, w.home.value());
    const QByteArray bits = QByteArray::number(Permissions(Permission::ManageMessages).bits());
    const QByteArray allow = "{\"type\":0,\"allow\":\"" + bits + "\"}";
    const QByteArray deny = "{\"type\":0,\"deny\":\"" + bits + "\"}";
    QCOMPARE(w.ask("PUT", path, w.carol, allow).code(), 50013);
    QCOMPARE(w.ask("PUT", path, w.carol, deny).code(), 50013);
    QCOMPARE(w.ask("PUT", path, w.ann, deny).status, 204);
    // What stands there may stay, and may not be taken off.
    QCOMPARE(
        w.ask("PUT", path, w.carol, "{\"type\":0,\"deny\":\"" + bits + "\",\"allow\":\"1024\"}")
            .status,
        204);
    QCOMPARE(w.ask("PUT", path, w.carol, R"({"type":0,"allow":"1024"})").code(), 50013);
    const RoleId admin = w.role(w.home, Permission::Administrator, 1);
    const UserId root = w.member(u"root"_s, w.home, {admin});
    QCOMPARE(w.ask("PUT", path, root, allow).status, 204);
}

void TestChannelOverwrites::nobody_takes_off_what_binds_them()
{
    ChannelWorld w;
    w.overwriteRole(w.general, w.manager, {}, Permission::SendMessages);
    const QByteArray path = ChannelWorld::overwritePath(w.general, w.manager.value());
    QCOMPARE(w.ask("PUT", path, w.carol, R"({"type":0})").code(), 50013);
    QCOMPARE(w.ask("DELETE", path, w.carol).code(), 50013);
    QCOMPARE(
        w.ask("PATCH", ChannelWorld::path(w.general), w.carol, R"({"permission_overwrites":[]})")
            .code(),
        50013);
    const QByteArray own = ChannelWorld::overwritePath(w.general, w.carol.value());
    QCOMPARE(w.ask("PUT", own, w.carol, R"({"type":1,"allow":"2048"})").code(), 50013);
    QCOMPARE(w.ask("DELETE", path, w.ann).status, 204);
}

void TestChannelOverwrites::another_type_is_another_overwrite()
{
    ChannelWorld w;
    const Permissions denied = Permission::ManageMessages; // carol does not have it
    w.overwriteRole(w.general, RoleId(w.home), {}, denied);
    w.overwriteMember(w.general, w.bob, {}, denied);
    const QByteArray path = ChannelWorld::path(w.general);
    const auto list = [&](int typeOfRole, int typeOfBob) {
        return "{\"permission_overwrites\":["
            + ChannelWorld::overwrite(w.home.value(), typeOfRole, {}, denied) + ','
            + ChannelWorld::overwrite(w.bob.value(), typeOfBob, {}, denied) + "]}";
    };
    QCOMPARE(w.ask("PATCH", path, w.carol, list(0, 1)).status, 200);
    // A role is not called a member, nor the other way round: not even by the owner.
    for (const UserId who : {w.carol, w.ann}) {
        QCOMPARE(w.ask("PATCH", path, who, list(1, 1)).codeAt("permission_overwrites.0.id"),
                 QByteArray("BASE_TYPE_CHOICES"));
        QCOMPARE(w.ask("PATCH", path, who, list(0, 0)).codeAt("permission_overwrites.1.id"),
                 QByteArray("BASE_TYPE_CHOICES"));
        QCOMPARE(w.ask("PUT", ChannelWorld::overwritePath(w.general, w.home.value()), who,
                       R"({"type":1,"deny":"8192"})")
                     .code(),
                 10013);
    }
    // Where a wrong type stands already, putting it right changes all that it says.
    const ChannelId crooked = w.channel(w.home);
    w.overwriteMember(crooked, UserId(w.home), {}, denied);
    const QByteArray put = ChannelWorld::overwritePath(crooked, w.home.value());
    QCOMPARE(w.ask("PUT", put, w.carol, R"({"type":0,"deny":"8192"})").code(), 50013);
    QCOMPARE(w.ask("PUT", put, w.ann, R"({"type":0,"deny":"8192"})").status, 204);
}

void TestChannelOverwrites::a_channel_has_a_hundred_overwrites()
{
    ChannelWorld w;
    UserId last;
    for (int i = 0; i < 100; ++i)
        w.overwriteMember(w.general, last = w.user(u"u%1"_s.arg(i)), {}, {});
    const QByteArray body = R"({"type":1,"allow":"1024"})";
    QCOMPARE(
        w.ask("PUT", ChannelWorld::overwritePath(w.general, w.bob.value()), w.ann, body).code(),
        30060);
    QCOMPARE(w.ask("PUT", ChannelWorld::overwritePath(w.general, last.value()), w.ann, body).status,
             204);
}

void TestChannelOverwrites::an_overwrite_is_removed()
{
    ChannelWorld w;
    w.overwriteMember(w.general, w.bob, {}, Permission::SendMessages);
    w.events().clear();
    const QByteArray path = ChannelWorld::overwritePath(w.general, w.bob.value());
    QCOMPARE(w.ask("DELETE", path, w.carol).status, 204);
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).at("permission_overwrites"),
             u"[]"_s);
    QCOMPARE(w.events().names(), QByteArrayList{"CHANNEL_UPDATE"});
    QVERIFY(w.permissions().require(w.bob, w.general, Permission::SendMessages));
    QCOMPARE(w.ask("DELETE", path, w.carol).code(), 10009);
}

void TestChannelOverwrites::a_removal_is_refused()
{
    ChannelWorld w;
    w.overwriteRole(w.general, RoleId(w.home), Permission::ManageMessages, {});
    const QByteArray path = ChannelWorld::overwritePath(w.general, w.home.value());
    QCOMPARE(w.ask("DELETE", path, w.outsider).code(), 50001);
    QCOMPARE(w.ask("DELETE", path, w.bob).code(), 50013);
    QCOMPARE(w.ask("DELETE", ChannelWorld::overwritePath(ChannelId(1), 1), w.carol).code(), 10003);
    QCOMPARE(w.ask("DELETE", ChannelWorld::overwritePath(w.general, 1), w.carol).code(), 10009);
    QCOMPARE(w.ask("DELETE", ChannelWorld::path(w.general) + "/permissions/x", w.carol).code(),
             50035);
    // Everybody has ManageMessages there, carol too: then it is hers to take off.
    QCOMPARE(w.ask("DELETE", path, w.carol).status, 204);
}

void TestChannelOverwrites::children_that_are_in_step_follow_their_category_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("PUT") << "PUT"_ba;
    QTest::newRow("DELETE") << "DELETE"_ba;
    QTest::newRow("PATCH") << "PATCH"_ba;
}

void TestChannelOverwrites::children_that_are_in_step_follow_their_category()
{
    QFETCH(const QByteArray, method);
    ChannelWorld &w = *m_world;
    const ChannelId category = w.channel(w.home, {ChannelType::Category});
    const ChannelId inStep = w.channel(w.home, {ChannelType::Text, category});
    const ChannelId alsoInStep = w.channel(w.home, {ChannelType::Voice, category});
    const ChannelId apart = w.channel(w.home, {ChannelType::Text, category});
    for (const ChannelId channel : {category, inStep, alsoInStep})
        w.overwriteMember(channel, w.bob, {}, Permission::SendMessages);
    w.overwriteMember(apart, w.bob, {}, Permission::AddReactions);
    w.events().clear();
    const QByteArray put = ChannelWorld::overwritePath(category, w.bob.value());
    int status = 0;
    if (method == "PUT")
        status = w.ask("PUT", put, w.ann, R"({"type":1,"allow":"1024"})").status;
    else if (method == "DELETE")
        status = w.ask("DELETE", put, w.ann).status;
    else
        status
            = w.ask("PATCH", ChannelWorld::path(category), w.ann, R"({"permission_overwrites":[]})")
                  .status;
    QVERIFY(status == 204 || status == 200);
    const auto overwritesOf = [&](ChannelId channel) {
        return w.ask("GET", ChannelWorld::path(channel), w.ann).at("permission_overwrites");
    };
    QCOMPARE(overwritesOf(inStep), overwritesOf(category));
    QCOMPARE(overwritesOf(alsoInStep), overwritesOf(category));
    QVERIFY(overwritesOf(apart) != overwritesOf(category));
    std::vector<ChannelId> told;
    for (const ChannelUpdated &event : w.events().all<ChannelUpdated>())
        told.push_back(event.channel.id);
    QVERIFY(told == (std::vector{category, inStep, alsoInStep}));
    // A change of the name alone moves nobody.
    w.events().clear();
    w.ask("PATCH", ChannelWorld::path(category), w.ann, R"({"name":"Other"})");
    QCOMPARE(w.events().count<ChannelUpdated>(), 1);
}

void TestChannelOverwrites::a_role_takes_its_overwrites_with_it()
{
    ChannelWorld w;
    const RoleId role = w.role(w.home, {}, 1);
    w.overwriteRole(w.general, role, Permission::SendMessages, {});
    w.overwriteRole(w.category, role, Permission::SendMessages, {});
    w.overwriteMember(w.general, w.bob, Permission::SendMessages, {});
    w.events().clear();
    QCOMPARE(
        w.ask("DELETE", "/api/v10/guilds/" + str(w.home) + "/roles/" + str(role), w.ann).status,
        204);
    QCOMPARE(w.events().count<ChannelUpdated>(), 2);
    QCOMPARE(w.events().names().front(), QByteArray("GUILD_ROLE_DELETE"));
    for (const ChannelUpdated &event : w.events().all<ChannelUpdated>()) {
        for (const Overwrite &overwrite : event.channel.permissionOverwrites)
            QVERIFY(overwrite.id != OverwriteId(role));
    }
    const auto channel = w.ask("GET", ChannelWorld::path(w.general), w.ann);
    QCOMPARE(channel.at("permission_overwrites.0.id"), w.bob.toString());
    QVERIFY(!channel.find("permission_overwrites.1"));
}

void TestChannelOverwrites::nothing_is_about_who_is_not_there_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("isGone");
    QTest::newRow("a role that never was") << 0 << false;
    QTest::newRow("somebody who never was") << 1 << false;
    QTest::newRow("a role that the rights still know") << 0 << true;
}

void TestChannelOverwrites::nothing_is_about_who_is_not_there()
{
    QFETCH(int, type);
    QFETCH(bool, isGone);
    ChannelWorld w;
    quint64 id = 123;
    if (isGone) {
        id = w.role(w.home, {}, 1).value();
        w.deleteRoleRow(RoleId(id));
    }
    const QByteArray overwrite = ChannelWorld::overwrite(id, type, {}, Permission::SendMessages);
    const QByteArray list = "\"permission_overwrites\":[" + overwrite + "]}";
    QCOMPARE(w.ask("PUT", ChannelWorld::overwritePath(w.general, id), w.ann, overwrite).code(),
             type == 0 ? 10011 : 10013);
    QCOMPARE(w.ask("PATCH", ChannelWorld::path(w.general), w.ann, "{" + list)
                 .codeAt("permission_overwrites.0.id"),
             QByteArray("BASE_TYPE_CHOICES"));
    QCOMPARE(w.ask("POST", w.inGuild(), w.ann, R"({"name":"new",)" + list)
                 .codeAt("permission_overwrites.0.id"),
             QByteArray("BASE_TYPE_CHOICES"));
    QVERIFY(!w.ask("GET", ChannelWorld::path(w.general), w.ann).find("permission_overwrites.0"));
}

void TestChannelOverwrites::what_stands_may_be_sent_back_whoever_is_gone()
{
    ChannelWorld w;
    const RoleId gone = w.role(w.home, {}, 1);
    w.overwriteRole(w.general, gone, {}, Permission::SendMessages);
    w.deleteRoleRow(gone);
    const QByteArray body = "{\"name\":\"new\",\"permission_overwrites\":["
        + ChannelWorld::overwrite(gone.value(), 0, {}, Permission::SendMessages) + "]}";
    const auto changed = w.ask("PATCH", ChannelWorld::path(w.general), w.ann, body);
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.at("permission_overwrites.0.id"), gone.toString());
}

QTEST_GUILESS_MAIN(TestChannelOverwrites)
#include "tst_channel_overwrites.moc"
