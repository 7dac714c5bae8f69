// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/user/user_events.h"
#include "server/modules/user/user_module.h"
#include "shared/json/parse.h"
#include "sql/queries/test_world.h"
#include "tests/support/module_world.h"

#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray codeAt(const ApiError &error, const QString &field)
{
    for (const FieldError &mistake : error.fields) {
        if (mistake.path == QStringList{field})
            return mistake.code;
    }
    return {};
}

NewUser person(UserId id, const QString &name, const QString &email)
{
    NewUser user;
    user.id = id;
    user.username = name;
    user.email = email;
    user.passwordHash = "a hash";
    return user;
}

} // namespace

class TestUserService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void an_account_is_found_and_shows_nothing_private();
    void many_are_found_in_the_order_asked();
    void a_change_is_seen_by_who_read_before();
    void a_change_by_hand_is_seen_after_a_minute();
    void a_change_that_is_rolled_back_changes_nothing();
    void changing_nothing_is_no_event();
    void taken_names_are_named_together();
    void ones_own_names_are_free();
    void the_database_decides_about_names();
    void of_many_at_once_one_gets_the_name();
    void a_mail_address_is_kept_in_small_letters();
    void bots_of_one_name_get_names_of_their_own();
    void a_retired_account_stays_under_another_name();
    void nobody_is_no_bot();
    void the_account_itself_by_its_route();
    void another_account_by_its_route();
    void an_account_that_is_not_there_is_404();
    void an_id_that_is_none_is_400();
};

void TestUserService::an_account_is_found_and_shows_nothing_private()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    const auto found = users.service().find(ann);
    QVERIFY(found);
    QCOMPARE(found->username, u"ann"_s);
    QVERIFY(!json::encode(*found).contains("guildhall.test"));
    const auto self = users.service().self(ann);
    QVERIFY(self);
    QCOMPARE(self->email.value_or(QString()), u"ann@guildhall.test"_s);
    QVERIFY(!users.service().find(UserId(1)));
}

void TestUserService::many_are_found_in_the_order_asked()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    const UserId bob = world.user(u"bob"_s);
    const UserId cat = world.user(u"cat"_s);
    QVERIFY(users.service().find(bob)); // one of them is cached
    const std::vector<UserId> ids{cat, UserId(77), bob, ann, cat};
    QStringList names;
    for (const User &user : users.service().find(ids))
        names.append(user.username);
    QCOMPARE(names, QStringList({u"cat"_s, u"bob"_s, u"ann"_s, u"cat"_s}));
    QVERIFY(users.service().find(std::span<const UserId>()).empty());
}

void TestUserService::a_change_is_seen_by_who_read_before()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    UserService &service = users.service();
    const UserId ann = world.user(u"ann"_s);
    QVERIFY(service.find(ann));
    UserChanges changes;
    changes.globalName = u"Ann"_s;
    changes.avatar = u"0123"_s;
    const auto changed
        = world.database().transact([&](db::Tx &tx) { return service.change(tx, ann, changes); });
    QVERIFY(changed);
    QCOMPARE(service.find(ann)->globalName.value_or(QString()), u"Ann"_s);
    QCOMPARE(service.find(ann)->avatar.value_or(QString()), u"0123"_s);
    QCOMPARE(world.events().count<UserUpdated>(), 1);
    QCOMPARE(world.events().last<UserUpdated>().user.globalName.value_or(QString()), u"Ann"_s);
    changes = {};
    changes.globalName = Patch<QString>::clear();
    QVERIFY(
        world.database().transact([&](db::Tx &tx) { return service.change(tx, ann, changes); }));
    QVERIFY(!service.find(ann)->globalName);
    QVERIFY(service.find(ann)->avatar); // was not in the patch
}

void TestUserService::a_change_by_hand_is_seen_after_a_minute()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    QVERIFY(!users.service().find(ann)->globalName);
    world.database().session().exec(sql::test_world::name_user, db::bind(":id", ann),
                                    db::bind(":global_name", u"Ann"_s));
    QVERIFY(!users.service().find(ann)->globalName);
    world.clock().advance(std::chrono::minutes(1));
    QVERIFY(users.service().find(ann)->globalName);
}

void TestUserService::a_change_that_is_rolled_back_changes_nothing()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    UserChanges changes;
    changes.globalName = u"Ann"_s;
    const auto refused = world.database().transact([&](db::Tx &tx) -> Result<void> {
        GH_CHECK(users.service().change(tx, ann, changes));
        return refuse(ErrorCode::MissingAccess);
    });
    QVERIFY(!refused);
    QVERIFY(!users.service().find(ann)->globalName);
    QCOMPARE(world.events().count<UserUpdated>(), 0);
}

void TestUserService::changing_nothing_is_no_event()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    const auto same = world.database().transact(
        [&](db::Tx &tx) { return users.service().change(tx, ann, {}); });
    QVERIFY(same);
    QCOMPARE(same->username, u"ann"_s);
    QCOMPARE(world.events().count<UserUpdated>(), 0);
    const auto nobody = world.database().transact(
        [&](db::Tx &tx) { return users.service().change(tx, UserId(77), {}); });
    QVERIFY(!nobody);
    QCOMPARE(nobody.error().code, ErrorCode::UnknownUser);
}

void TestUserService::taken_names_are_named_together()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    world.user(u"ann"_s);
    const auto refused = users.service().requireFree(u"ann"_s, u"ANN@guildhall.test"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidFormBody);
    QCOMPARE(codeAt(refused.error(), u"username"_s), QByteArray("USERNAME_ALREADY_TAKEN"));
    QCOMPARE(codeAt(refused.error(), u"email"_s), QByteArray("EMAIL_ALREADY_REGISTERED"));
    QVERIFY(users.service().requireFree(u"bob"_s, u"bob@guildhall.test"_s));
    QVERIFY(users.service().requireFree(std::nullopt, std::nullopt));
}

void TestUserService::ones_own_names_are_free()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    QVERIFY(users.service().requireFree(u"ann"_s, u"ann@guildhall.test"_s, ann));
}

void TestUserService::the_database_decides_about_names()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    const UserId bob = world.user(u"bob"_s);
    const auto twin = world.database().transact([&](db::Tx &tx) -> Result<int> {
        const auto name = users.service().create(tx, person(UserId(5), u"ann"_s, u"x@y.z"_s));
        const auto mail
            = users.service().create(tx, person(UserId(6), u"new"_s, u"Ann@guildhall.test"_s));
        UserChanges changes;
        changes.username = u"ann"_s;
        const auto renamed = users.service().change(tx, bob, changes);
        if (name || mail || renamed)
            return refuse(ErrorCode::Internal, u"a name was given twice"_s);
        if (codeAt(name.error(), u"username"_s) != "USERNAME_ALREADY_TAKEN"
            || codeAt(mail.error(), u"email"_s) != "EMAIL_ALREADY_REGISTERED"
            || codeAt(renamed.error(), u"username"_s) != "USERNAME_ALREADY_TAKEN")
            return refuse(ErrorCode::Internal, u"the wrong field is named"_s);
        // The transaction goes on.
        GH_CHECK(users.service().create(tx, person(UserId(7), u"cat"_s, u"cat@y.z"_s)));
        return 1;
    });
    QVERIFY2(twin, qPrintable(twin ? QString() : twin.error().message));
    QVERIFY(users.service().find(UserId(7)));
    QVERIFY(!users.service().find(UserId(5)));
    QCOMPARE(users.service().find(ann)->username, u"ann"_s);
    QCOMPARE(users.service().find(bob)->username, u"bob"_s);
}

void TestUserService::of_many_at_once_one_gets_the_name()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    constexpr int contenders = 6;
    std::vector<Result<UserSelf>> results(contenders, refuse(ErrorCode::Internal));
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < contenders; ++i) {
            threads.emplace_back([&, i] {
                results[size_t(i)] = world.database().transact([&](db::Tx &tx) {
                    return users.service().create(
                        tx, person(UserId(quint64(100 + i)), u"ann"_s, u"a%1@y.z"_s.arg(i)));
                });
                world.database().closeThreadSession();
            });
        }
    }
    int made = 0;
    for (const auto &result : results) {
        if (result)
            ++made;
        else
            QCOMPARE(codeAt(result.error(), u"username"_s), QByteArray("USERNAME_ALREADY_TAKEN"));
    }
    QCOMPARE(made, 1);
}

void TestUserService::a_mail_address_is_kept_in_small_letters()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const auto made = world.database().transact([&](db::Tx &tx) {
        return users.service().create(tx, person(UserId(5), u"ann"_s, u"Ännchen@Y.Z"_s));
    });
    QVERIFY(made);
    QCOMPARE(made->email.value_or(QString()), u"ännchen@y.z"_s);
    QVERIFY(!users.service().requireFree(std::nullopt, u"ÄNNCHEN@y.z"_s));
}

void TestUserService::bots_of_one_name_get_names_of_their_own()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const auto names = world.database().transact([&](db::Tx &tx) -> Result<QStringList> {
        QStringList list;
        for (quint64 id = 10; id < 13; ++id)
            list.append(users.service().createBot(tx, UserId(id), u"My Bot!"_s).username);
        return list;
    });
    QVERIFY(names);
    QCOMPARE(names->first(), u"my_bot"_s);
    QVERIFY(names->at(1).startsWith(u"my_bot"_s));
    QCOMPARE(QSet<QString>(names->begin(), names->end()).size(), 3);
    QVERIFY(users.service().isBot(UserId(10)));
    QVERIFY(users.service().self(UserId(10))->bot.value_or(false));
    QVERIFY(!users.service().self(UserId(10))->email);
}

void TestUserService::a_retired_account_stays_under_another_name()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    QVERIFY(users.service().find(ann));
    QVERIFY(world.database().transact([&](db::Tx &tx) { return users.service().retire(tx, ann); }));
    QCOMPARE(users.service().find(ann)->username, u"deleted_user_"_s + ann.toString());
    QVERIFY(users.service().requireFree(u"ann"_s, std::nullopt)); // the name is free again
    QCOMPARE(world.events().count<UserUpdated>(), 1);
}

void TestUserService::nobody_is_no_bot()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    QVERIFY(users.service().isBot(world.bot(u"robot"_s, ann)));
    QVERIFY(!users.service().isBot(ann));
    QVERIFY(!users.service().isBot(UserId(77)));
}

void TestUserService::the_account_itself_by_its_route()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    const Response answer = world.call("GET", "/api/v10/users/@me", ModuleWorld::as(ann));
    QCOMPARE(answer.status, 200);
    const auto self = json::decode<UserSelf>(QByteArrayView(answer.body));
    QVERIFY(self);
    QCOMPARE(self->id, ann);
    QCOMPARE(self->email.value_or(QString()), u"ann@guildhall.test"_s);
    QVERIFY(answer.body.contains(R"("discriminator":"0")"));
    const UserId robot = world.bot(u"robot"_s, ann);
    const Response bot = world.call("GET", "/api/v10/users/%40me", ModuleWorld::as(robot, true));
    QCOMPARE(bot.status, 200);
    QVERIFY(bot.body.contains(R"("bot":true)"));
    QVERIFY(bot.body.contains(R"("email":null)"));
}

void TestUserService::another_account_by_its_route()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    const UserId bob = world.user(u"bob"_s);
    const Response answer
        = world.call("GET", "/api/v10/users/" + bob.toString().toLatin1(), ModuleWorld::as(ann));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains(R"("username":"bob")"));
    QVERIFY(!answer.body.contains("email"));
}

void TestUserService::an_account_that_is_not_there_is_404()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    const Response answer = world.call("GET", "/api/v10/users/77", ModuleWorld::as(ann));
    QCOMPARE(answer.status, 404);
    QVERIFY(answer.body.contains(R"("code":10013)"));
}

void TestUserService::an_id_that_is_none_is_400()
{
    ModuleWorld world;
    UserModule users(world.kernel());
    const UserId ann = world.user(u"ann"_s);
    const Response answer = world.call("GET", "/api/v10/users/x7", ModuleWorld::as(ann));
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.contains("NUMBER_TYPE_COERCE"));
}

QTEST_GUILESS_MAIN(TestUserService)
#include "tst_user_service.moc"
