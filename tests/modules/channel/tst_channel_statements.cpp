// SPDX-License-Identifier: GPL-3.0-or-later
#include "channel_world.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// A change of many channels costs as many statements as a change of few, the reading of rights
/// included: otherwise whoever has a big guild keeps the database for themselves.
class TestChannelStatements : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_number_of_channels_does_not_matter_data();
    void the_number_of_channels_does_not_matter();
    void rights_are_read_once_for_all_that_moved();

private:
    /// How many statements this thread's session has run, but for this one.
    static qint64 statements(ModuleWorld &world)
    {
        constexpr db::Query query{
            "test.statements",
            "SELECT COALESCE(sum(generic_plans + custom_plans), 0)::bigint"
            " FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prepared_statements%'",
            {},
            true};
        return world.database().session().one<qint64>(query);
    }
    /// What it takes with that many channels in a category, all of them like it.
    static qint64 cost(const QByteArray &change, int count);
};

qint64 TestChannelStatements::cost(const QByteArray &change, int count)
{
    ChannelWorld w;
    const RoleId role = w.role(w.home, {}, 1);
    w.overwriteRole(w.category, role, {}, Permission::SendMessages);
    QByteArrayList moves;
    for (int i = 0; i < count; ++i) {
        const ChannelId child = w.channel(w.home, {ChannelType::Text, w.category});
        w.overwriteRole(child, role, {}, Permission::SendMessages);
        if (change == "move and lock")
            w.overwriteMember(child, w.bob, Permission::SendMessages, {});
        moves.append("{\"id\":\"" + str(child) + "\",\"position\":" + QByteArray::number(i + 1)
                     + ",\"lock_permissions\":true}");
    }
    if (!w.permissions().requireVisible(w.ann, w.general)) // rights are in use
        qFatal("no channel");
    w.events().clear();
    const qint64 before = statements(w);
    int status = 0;
    if (change == "overwrite")
        status = w.ask("PUT", ChannelWorld::overwritePath(w.category, w.bob.value()), w.ann,
                       R"({"type":1,"deny":"2048"})")
                     .status;
    else if (change == "delete category")
        status = w.ask("DELETE", ChannelWorld::path(w.category), w.ann).status;
    else if (change == "delete role")
        status = w.ask("DELETE", "/api/v10/guilds/" + str(w.home) + "/roles/" + str(role), w.ann)
                     .status;
    else
        status = w.ask("PATCH", w.inGuild(), w.ann, '[' + moves.join(',') + ']').status;
    const qint64 after = statements(w);
    if (status / 100 != 2 || w.events().names().size() < count)
        qFatal("the change was not made");
    return after - before;
}

void TestChannelStatements::the_number_of_channels_does_not_matter_data()
{
    QTest::addColumn<QByteArray>("change");
    for (const char *change :
         {"move", "move and lock", "overwrite", "delete category", "delete role"})
        QTest::newRow(change) << QByteArray(change);
}

void TestChannelStatements::the_number_of_channels_does_not_matter()
{
    QFETCH(const QByteArray, change);
    const qint64 few = cost(change, 2);
    QVERIFY(few > 0);
    QCOMPARE(cost(change, 25), few);
}

void TestChannelStatements::rights_are_read_once_for_all_that_moved()
{
    ChannelWorld w;
    QByteArrayList moves;
    for (int i = 0; i < 20; ++i)
        moves.append("{\"id\":\"" + str(w.channel(w.home)) + "\",\"position\":7}");
    const quint64 before = w.permissions().snapshot(w.home)->generation();
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.ann, '[' + moves.join(',') + ']').status, 204);
    QCOMPARE(w.permissions().snapshot(w.home)->generation(), before + 1);
}

QTEST_GUILESS_MAIN(TestChannelStatements)
#include "tst_channel_statements.moc"
