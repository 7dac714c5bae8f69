// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/role/role_order.h"
#include "tests/support/refusals.h"

#include <QtTest>

using namespace guildhall;

/// Roles are called by their ids here; the guild and its @everyone are 1.
class TestRoleOrder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void moves_give_the_order_that_was_asked_for_data();
    void moves_give_the_order_that_was_asked_for();
    void equal_positions_are_told_apart_by_id();
    void gaps_are_closed();
    void nothing_changes_without_positions();
    void everyone_stays_at_the_bottom();
    void an_unknown_role_is_refused();
    void the_top_is_kept_unless_it_changes_data();
    void the_top_is_kept_unless_it_changes();

private:
    static constexpr GuildId guild{1};

    static Role role(quint64 id, int position)
    {
        Role role;
        role.id = RoleId(id);
        role.position = position;
        return role;
    }
    /// 11, 12, 13, 14 at 1, 2, 3, 4, and @everyone.
    static RoleOrder four()
    {
        return RoleOrder({role(1, 0), role(13, 3), role(11, 1), role(14, 4), role(12, 2)}, guild);
    }
    static std::vector<RolePosition> moves(const QList<QPair<int, int>> &list)
    {
        std::vector<RolePosition> moves;
        for (const auto &[id, position] : list)
            moves.push_back({RoleId(quint64(id)), Patch<int>(position)});
        return moves;
    }
    /// The ids by position, lowest first, as the four would be stored.
    static QList<int> stored(const RoleOrder &order)
    {
        std::map<int, int> byPosition{{1, 11}, {2, 12}, {3, 13}, {4, 14}};
        const std::vector<Role> changed = order.renumbered();
        for (const Role &role : changed)
            byPosition[role.position] = int(role.id.value());
        QList<int> ids;
        for (const auto &[position, id] : byPosition)
            ids.append(id);
        return ids;
    }
};

using Moves = QList<QPair<int, int>>;

void TestRoleOrder::moves_give_the_order_that_was_asked_for_data()
{
    QTest::addColumn<Moves>("asked");
    QTest::addColumn<QList<int>>("expected");
    QTest::newRow("one up") << Moves{{11, 3}} << QList<int>{12, 13, 11, 14};
    QTest::newRow("one down") << Moves{{14, 1}} << QList<int>{14, 11, 12, 13};
    QTest::newRow("beyond the top") << Moves{{12, 99}} << QList<int>{11, 13, 14, 12};
    QTest::newRow("to the bottom") << Moves{{13, 0}} << QList<int>{13, 11, 12, 14};
    QTest::newRow("two swapped") << Moves{{11, 2}, {12, 1}} << QList<int>{12, 11, 13, 14};
    QTest::newRow("all turned round")
        << Moves{{11, 4}, {12, 3}, {13, 2}, {14, 1}} << QList<int>{14, 13, 12, 11};
    QTest::newRow("all, with @everyone, as libraries send them")
        << Moves{{1, 0}, {12, 1}, {13, 2}, {11, 3}, {14, 4}} << QList<int>{12, 13, 11, 14};
    QTest::newRow("all where they are")
        << Moves{{11, 1}, {12, 2}, {13, 3}, {14, 4}} << QList<int>{11, 12, 13, 14};
    QTest::newRow("named twice, the last one counts")
        << Moves{{11, 4}, {11, 2}} << QList<int>{12, 11, 13, 14};
    QTest::newRow("both to one place, the lower id above")
        << Moves{{12, 4}, {11, 4}} << QList<int>{13, 14, 12, 11};
}

void TestRoleOrder::moves_give_the_order_that_was_asked_for()
{
    QFETCH(Moves, asked);
    QFETCH(QList<int>, expected);
    const auto order = four().moved(moves(asked));
    QVERIFY(order);
    QCOMPARE(stored(*order), expected);
}

void TestRoleOrder::equal_positions_are_told_apart_by_id()
{
    const RoleOrder order({role(11, 1), role(12, 1), role(13, 1)}, guild);
    std::map<quint64, int> positions{{11, 1}, {12, 1}, {13, 1}};
    for (const Role &role : order.renumbered())
        positions[role.id.value()] = role.position;
    QCOMPARE(positions, (std::map<quint64, int>{{13, 1}, {12, 2}, {11, 3}}));
}

void TestRoleOrder::gaps_are_closed()
{
    const std::vector<Role> changed = RoleOrder({role(11, 3), role(12, 8)}, guild).renumbered();
    QCOMPARE(changed.size(), 2u);
    QCOMPARE(changed[0].position, 1);
    QCOMPARE(changed[1].position, 2);
}

void TestRoleOrder::nothing_changes_without_positions()
{
    const auto order = four().moved({{RoleId(11), {}}, {RoleId(12), Patch<int>::clear()}});
    QVERIFY(order);
    QCOMPARE(order->renumbered().size(), 0u);
}

void TestRoleOrder::everyone_stays_at_the_bottom()
{
    QVERIFY_REFUSED(four().moved(moves({{1, 1}})), ErrorCode::InvalidRole);
    QVERIFY_ACCEPTED(four().moved({{RoleId(1), Patch<int>::clear()}}));
}

void TestRoleOrder::an_unknown_role_is_refused()
{
    QVERIFY_REFUSED(four().moved(moves({{11, 2}, {99, 1}})), ErrorCode::InvalidRole);
}

void TestRoleOrder::the_top_is_kept_unless_it_changes_data()
{
    QTest::addColumn<Moves>("asked");
    QTest::addColumn<bool>("kept");
    QTest::newRow("below") << Moves{{11, 2}} << true;
    QTest::newRow("all as they are") << Moves{{1, 0}, {11, 1}, {12, 2}, {13, 3}, {14, 4}} << true;
    QTest::newRow("all, with a change below")
        << Moves{{1, 0}, {12, 1}, {11, 2}, {13, 3}, {14, 4}} << true;
    QTest::newRow("into the top") << Moves{{11, 3}} << false;
    QTest::newRow("above all") << Moves{{12, 4}} << false;
    QTest::newRow("the top among itself") << Moves{{13, 4}, {14, 3}} << false;
    QTest::newRow("one of the top down") << Moves{{14, 1}} << false;
}

void TestRoleOrder::the_top_is_kept_unless_it_changes()
{
    QFETCH(Moves, asked);
    QFETCH(bool, kept);
    const auto order = four().moved(moves(asked));
    QVERIFY(order);
    const auto below = [](const Role &role) {
        return role.position < 3;
    };
    QCOMPARE(order->keepsTopOf(four(), below), kept);
}

QTEST_GUILESS_MAIN(TestRoleOrder)
#include "tst_role_order.moc"
