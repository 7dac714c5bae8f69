// SPDX-License-Identifier: GPL-3.0-or-later
#include "channel_world.h"
#include "server/modules/channel/channel_events.h"
#include "sql/queries/guild_world.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// PATCH of the order of channels, their parents and their likeness to them. @source api.md 4.3,
/// 6.4
class TestChannelMoves : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void channels_are_moved_together();
    void a_move_is_all_or_nothing();
    void every_mistake_is_under_its_number();
    void a_move_can_lock_permissions();
    void locking_needs_the_rights_that_change();
    void a_hidden_channel_is_not_opened_by_locking_data();
    void a_hidden_channel_is_not_opened_by_locking();
    void a_channel_is_moved_by_those_who_see_and_manage_it_data();
    void a_channel_is_moved_by_those_who_see_and_manage_it();
    void locking_needs_the_right_to_roles_in_that_channel();
    void what_is_said_again_of_a_hidden_channel_is_no_change();
    void a_right_lost_a_moment_ago_counts_no_more_data();
    void a_right_lost_a_moment_ago_counts_no_more();
};

void TestChannelMoves::channels_are_moved_together()
{
    ChannelWorld w;
    const ChannelId other = w.channel(w.home);
    const ChannelId third = w.channel(w.home);
    w.events().clear();
    const QByteArray list = "[{\"id\":\"" + str(w.general) + "\",\"position\":2},{\"id\":\""
        + str(other) + "\",\"position\":1,\"parent_id\":\"" + str(w.category) + "\"},{\"id\":\""
        + str(third) + "\",\"position\":null}]";
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.carol, list).status, 204);
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).at("position"), u"2"_s);
    const auto moved = w.ask("GET", ChannelWorld::path(other), w.bob);
    QCOMPARE(moved.at("position"), u"1"_s);
    QCOMPARE(moved.at("parent_id"), w.category.toString());
    QCOMPARE(w.events().count<ChannelUpdated>(), 2);
    QCOMPARE(w.events().last<ChannelUpdated>().payload(PayloadVariant::Full), moved.body);
}

void TestChannelMoves::a_move_is_all_or_nothing()
{
    ChannelWorld w;
    w.events().clear();
    const QByteArray list
        = "[{\"id\":\"" + str(w.general) + "\",\"position\":2},{\"id\":\"1\",\"position\":1}]";
    const auto refused = w.ask("PATCH", w.inGuild(), w.carol, list);
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.codeAt("1.id"), QByteArray("BASE_TYPE_CHOICES"));
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).at("position"), u"0"_s);
    QVERIFY(w.events().names().isEmpty());
}

void TestChannelMoves::every_mistake_is_under_its_number()
{
    ChannelWorld w;
    const QByteArray list = "[{\"id\":\"" + str(w.general) + "\",\"position\":2},{\"id\":\""
        + str(w.general) + "\",\"parent_id\":\"1\"},{\"id\":\"1\"},{\"id\":\"" + str(w.category)
        + "\",\"parent_id\":\"" + str(w.category) + "\"}]";
    const auto refused = w.ask("PATCH", w.inGuild(), w.carol, list);
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.codeAt("1.parent_id"), QByteArray("CHANNEL_PARENT_INVALID"));
    QCOMPARE(refused.codeAt("2.id"), QByteArray("BASE_TYPE_CHOICES"));
    QCOMPARE(refused.codeAt("3.parent_id"), QByteArray("CHANNEL_PARENT_INVALID"));
    QVERIFY(!refused.find("errors.0"));
}

void TestChannelMoves::a_move_can_lock_permissions()
{
    ChannelWorld w;
    w.overwriteRole(w.category, RoleId(w.home), {}, Permission::SendMessages);
    w.overwriteMember(w.general, w.bob, Permission::SendMessages, {});
    const auto move = [&](const QByteArray &more) {
        return w
            .ask("PATCH", w.inGuild(), w.carol,
                 "[{\"id\":\"" + str(w.general) + "\"," + more + "}]")
            .status;
    };
    const QByteArray parent = "\"parent_id\":\"" + str(w.category) + '"';
    QCOMPARE(move(parent + ",\"lock_permissions\":false"), 204);
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).at("permission_overwrites.0.id"),
             w.bob.toString());
    QCOMPARE(move("\"lock_permissions\":true"), 204);
    const auto locked = w.ask("GET", ChannelWorld::path(w.general), w.bob);
    QCOMPARE(locked.at("permission_overwrites"),
             w.ask("GET", ChannelWorld::path(w.category), w.bob).at("permission_overwrites"));
    // Without a category there is nothing to follow.
    QCOMPARE(move("\"parent_id\":null,\"lock_permissions\":true"), 204);
    QVERIFY(w.ask("GET", ChannelWorld::path(w.general), w.bob).find("permission_overwrites.0"));
}

void TestChannelMoves::locking_needs_the_rights_that_change()
{
    ChannelWorld w;
    const UserId plumber
        = w.member(u"plumber"_s, w.home, {w.role(w.home, Permission::ManageChannels)});
    w.overwriteRole(w.category, RoleId(w.home), Permission::ManageMessages, {});
    const QByteArray list = "[{\"id\":\"" + str(w.general) + "\",\"parent_id\":\"" + str(w.category)
        + "\",\"lock_permissions\":true}]";
    QCOMPARE(w.ask("PATCH", w.inGuild(), plumber, list).code(), 50013); // no ManageRoles
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.carol, list).code(), 50013); // no ManageMessages
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).at("parent_id"), u"null"_s);
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.ann, list).status, 204);
    // What is locked already stays so without any right to roles.
    QCOMPARE(w.ask("PATCH", w.inGuild(), plumber, list).status, 204);
}

void TestChannelMoves::a_hidden_channel_is_not_opened_by_locking_data()
{
    QTest::addColumn<bool>("ownCategory");
    QTest::newRow("in its category") << false;
    QTest::newRow("in a category of one's own") << true;
}

void TestChannelMoves::a_hidden_channel_is_not_opened_by_locking()
{
    QFETCH(const bool, ownCategory);
    ChannelWorld w;
    const ChannelId hidden = w.channel(w.home, {ChannelType::Text, w.category});
    w.overwriteRole(hidden, RoleId(w.home), {}, Permission::ViewChannel);
    QByteArray parent;
    if (ownCategory) {
        const auto mine = w.ask("POST", w.inGuild(), w.carol, R"({"name":"mine","type":4})");
        QCOMPARE(mine.status, 201);
        parent = ",\"parent_id\":\"" + mine.at("id").toLatin1() + '"';
    }
    w.events().clear();
    const QByteArray list
        = "[{\"id\":\"" + str(hidden) + '"' + parent + ",\"lock_permissions\":true}]";
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.carol, list).code(), 50001);
    QVERIFY(w.events().names().isEmpty());
    QVERIFY(!w.permissions().requireVisible(w.carol, hidden));
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.ann, list).status, 204);
    QVERIFY(w.permissions().requireVisible(w.carol, hidden));
}

void TestChannelMoves::a_channel_is_moved_by_those_who_see_and_manage_it_data()
{
    QTest::addColumn<Permissions>("denied");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, Permissions denied, const QByteArray &change, int code) {
        QTest::newRow(name) << denied << change << code;
    };
    row("hidden, position", Permission::ViewChannel, R"("position":7)", 50001);
    row("hidden, parent", Permission::ViewChannel, R"("parent_id":null)", 50001);
    row("not managed, position", Permission::ManageChannels, R"("position":7)", 50013);
    row("not managed, parent", Permission::ManageChannels, R"("parent_id":null)", 50013);
    row("nothing denied", {}, R"("position":7,"parent_id":null)", -1);
}

void TestChannelMoves::a_channel_is_moved_by_those_who_see_and_manage_it()
{
    QFETCH(const Permissions, denied);
    QFETCH(const QByteArray, change);
    QFETCH(const int, code);
    ChannelWorld w;
    const ChannelId channel = w.channel(w.home, {ChannelType::Text, w.category});
    w.overwriteRole(channel, w.manager, {}, denied);
    const QByteArray list = "[{\"id\":\"" + str(channel) + "\"," + change + "}]";
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.carol, list).code(), code);
}

void TestChannelMoves::locking_needs_the_right_to_roles_in_that_channel()
{
    ChannelWorld w;
    const ChannelId channel = w.channel(w.home, {ChannelType::Text, w.category});
    w.overwriteRole(channel, w.manager, {}, Permission::ManageRoles);
    const QByteArray list = "[{\"id\":\"" + str(channel) + "\",\"lock_permissions\":true}]";
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.carol, list).code(), 50013);
    // And the other way: a right to roles that only this channel gives is one.
    const UserId plumber
        = w.member(u"plumber"_s, w.home, {w.role(w.home, Permission::ManageChannels)});
    const ChannelId lent = w.channel(w.home, {ChannelType::Text, w.category});
    w.overwriteMember(lent, plumber, Permission::ManageRoles, {});
    const QByteArray lentList = "[{\"id\":\"" + str(lent) + "\",\"lock_permissions\":true}]";
    QCOMPARE(w.ask("PATCH", w.inGuild(), plumber, lentList).status, 204);
}

void TestChannelMoves::what_is_said_again_of_a_hidden_channel_is_no_change()
{
    ChannelWorld w;
    const ChannelId hidden = w.channel(w.home, {ChannelType::Text, w.category});
    w.overwriteRole(hidden, RoleId(w.home), {}, Permission::ViewChannel);
    // Libraries send the places of all channels, of which they know from the guild's list.
    const QByteArray list = "[{\"id\":\"" + str(hidden) + "\",\"position\":0,\"parent_id\":\""
        + str(w.category) + "\"},{\"id\":\"" + str(w.general) + "\",\"position\":4}]";
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.carol, list).status, 204);
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).at("position"), u"4"_s);
}

void TestChannelMoves::a_right_lost_a_moment_ago_counts_no_more_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path"); // after that of the channel; "*" is the guild's list
    QTest::addColumn<QByteArray>("body");
    const auto row
        = [](const char *name, const char *method, const char *path, const QByteArray &body) {
              QTest::newRow(name) << QByteArray(method) << QByteArray(path) << body;
          };
    row("lock", "PATCH", "*", R"("lock_permissions":true)");
    row("change", "PATCH", "", R"({"permission_overwrites":[]})");
    row("put", "PUT", "/permissions/", R"({"type":1,"allow":"1024"})");
    row("delete", "DELETE", "/permissions/", {});
}

void TestChannelMoves::a_right_lost_a_moment_ago_counts_no_more()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    ChannelWorld w;
    const ChannelId channel = w.channel(w.home, {ChannelType::Text, w.category});
    w.overwriteMember(channel, w.carol, Permission::AddReactions, {});
    QVERIFY(w.permissions().require(w.carol, channel, Permission::ManageRoles));
    // Another request has shut her out and committed; the rights are about to hear of it.
    w.database().session().exec(sql::guild_world::insert_overwrite,
                                db::bind(":channel_id", channel), db::bind(":target_id", w.manager),
                                db::bind(":type", 0), db::bind(":allow", Permissions()),
                                db::bind(":deny", Permission::ViewChannel));
    const bool list = path == "*";
    const QByteArray target = path.isEmpty() ? QByteArray() : path + str(w.carol);
    const auto answer
        = w.ask(method, list ? w.inGuild() : ChannelWorld::path(channel) + target, w.carol,
                list ? "[{\"id\":\"" + str(channel) + "\"," + body + "}]" : body);
    QVERIFY2(answer.code() == 50001, answer.body);
}

QTEST_GUILESS_MAIN(TestChannelMoves)
#include "tst_channel_moves.moc"
