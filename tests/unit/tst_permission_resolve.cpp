// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/manual_clock.h"
#include "server/modules/permission/guild_snapshot.h"
#include "tests/unit/permission_oracle.h"

#include <QtTest>

#include <random>

using namespace guildhall;
using namespace guildhall::test;

/// The rules of api.md 4.2 and 4.3: as tables, and against an oracle over random small guilds.
class TestPermissionResolve : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void every_right_has_its_bit();
    void everyone_starts_with_the_bits_of_the_contract();
    void rights_in_a_guild_data();
    void rights_in_a_guild();
    void rights_in_a_channel_data();
    void rights_in_a_channel();
    void who_stands_above_whom_data();
    void who_stands_above_whom();
    void a_member_stands_where_the_highest_role_does();
    void random_guilds_agree_with_the_oracle();
    void random_snapshots_agree_with_the_oracle();

private:
    static std::shared_ptr<const GuildSnapshot> snapshotOf(const OracleGuild &guild,
                                                           const Clock &clock);
};

using P = Permission;

namespace {

constexpr GuildId theGuild{1};
constexpr UserId bob{100};

Overwrite forEveryone(Permissions allow, Permissions deny)
{
    return {OverwriteId(theGuild), OverwriteType::Role, allow, deny};
}
Overwrite forRole(quint64 role, Permissions allow, Permissions deny)
{
    return {OverwriteId(role), OverwriteType::Role, allow, deny};
}
Overwrite forBob(Permissions allow, Permissions deny)
{
    return {OverwriteId(bob), OverwriteType::Member, allow, deny};
}

} // namespace

void TestPermissionResolve::every_right_has_its_bit()
{
    quint64 bits = 0;
    for (const PermissionRow &row : permissionTable) {
        QVERIFY2((bits & (1ull << row.bit)) == 0, row.name);
        bits |= 1ull << row.bit;
    }
    QCOMPARE(Permissions::all().bits(), bits);
    QCOMPARE(Permissions::fromBits(~0ull), Permissions::all());
    QCOMPARE(Permissions::fromBits(1ull << 47), Permissions::none());
    QCOMPARE(quint64(P::BypassSlowmode), 1ull << 52);
    QCOMPARE(quint64(P::ModerateMembers), 1ull << 40);
    QCOMPARE(quint64(P::ManageRoles), 1ull << 28);
}

void TestPermissionResolve::everyone_starts_with_the_bits_of_the_contract()
{
    quint64 bits = 0;
    for (const int bit : {0,  6,  9,  10, 11, 14, 15, 16, 17, 18, 20, 21, 25,
                          26, 31, 32, 35, 36, 37, 38, 39, 42, 45, 46, 49, 50})
        bits |= 1ull << bit;
    QCOMPARE(defaultEveryonePermissions.bits(), bits);
}

void TestPermissionResolve::rights_in_a_guild_data()
{
    QTest::addColumn<bool>("owner");
    QTest::addColumn<bool>("timedOut");
    QTest::addColumn<Permissions>("everyone");
    QTest::addColumn<Permissions>("roles");
    QTest::addColumn<Permissions>("expected");
    const Permissions talk = P::ViewChannel | P::SendMessages;
    QTest::newRow("@everyone and roles add up")
        << false << false << talk << Permissions(P::KickMembers) << (talk | P::KickMembers);
    QTest::newRow("the owner has all")
        << true << false << Permissions() << Permissions() << Permissions::all();
    QTest::newRow("an administrator has all")
        << false << false << talk << Permissions(P::Administrator) << Permissions::all();
    QTest::newRow("everybody is an administrator")
        << false << false << Permissions(P::Administrator) << Permissions() << Permissions::all();
    QTest::newRow("a time-out leaves reading")
        << false << true << talk << Permissions(P::KickMembers) << Permissions(P::ViewChannel);
    QTest::newRow("a time-out gives nothing")
        << false << true << Permissions(P::SendMessages) << Permissions() << Permissions();
    QTest::newRow("no time-out for the owner")
        << true << true << talk << Permissions() << Permissions::all();
    QTest::newRow("no time-out for administrators")
        << false << true << talk << Permissions(P::Administrator) << Permissions::all();
}

void TestPermissionResolve::rights_in_a_guild()
{
    QFETCH(bool, owner);
    QFETCH(bool, timedOut);
    QFETCH(Permissions, everyone);
    QFETCH(Permissions, roles);
    QFETCH(Permissions, expected);
    QCOMPARE(guildPermissions({bob, owner, {}, timedOut}, everyone, roles).bits(), expected.bits());
}

void TestPermissionResolve::rights_in_a_channel_data()
{
    QTest::addColumn<QList<Overwrite>>("overwrites");
    QTest::addColumn<bool>("timedOut");
    QTest::addColumn<bool>("thread");
    QTest::addColumn<bool>("voice");
    QTest::addColumn<Permissions>("expected"); // base: view, send, files, connect, speak, manage
    const Permissions base{P::ViewChannel, P::SendMessages, P::AttachFiles,   P::Connect,
                           P::Speak,       P::ManageRoles,  P::ManageChannels};
    const auto row = [&](const char *name, QList<Overwrite> overwrites, Permissions expected,
                         bool timedOut = false, bool thread = false, bool voice = false) {
        QTest::newRow(name) << overwrites << timedOut << thread << voice << expected;
    };
    row("nothing said", {}, base);
    row("everyone denied", {forEveryone({}, P::Speak)}, base.without(P::Speak));
    row("everyone allowed more", {forEveryone(P::EmbedLinks, {})}, base | P::EmbedLinks);
    row("a role gives back", {forEveryone({}, P::Speak), forRole(10, P::Speak, {})}, base);
    row("roles: allowing wins over denying", {forRole(10, P::Speak, {}), forRole(11, {}, P::Speak)},
        base);
    row("a role of others", {forRole(12, {}, P::Speak)}, base);
    row("the member's own word is the last",
        {forEveryone(P::EmbedLinks, {}), forRole(10, P::EmbedLinks, {}), forBob({}, P::EmbedLinks)},
        base);
    row("the member's own word gives back",
        {forEveryone({}, P::Speak), forRole(10, {}, P::Speak), forBob(P::Speak, {})}, base);
    row("a member is no role", {{OverwriteId(10), OverwriteType::Member, {}, P::Speak}}, base);
    row("a role is no member", {{OverwriteId(bob), OverwriteType::Role, {}, P::Speak}}, base);
    row("unseen is nothing at all", {forEveryone(P::EmbedLinks, P::ViewChannel)}, {});
    row("who cannot send sends no files", {forEveryone({}, P::SendMessages)},
        base.without(P::SendMessages | P::AttachFiles));
    row("timed out", {}, P::ViewChannel, true);
    row("a thread asks for its own right to send", {}, base.without(P::AttachFiles), false, true);
    row("a thread with it", {forEveryone(P::SendMessagesInThreads, P::SendMessages)},
        base.without(P::SendMessages) | P::SendMessagesInThreads, false, true);
    row("voice without connecting", {forEveryone({}, P::Connect)},
        P::ViewChannel | P::SendMessages | P::AttachFiles, false, false, true);
    row("text without connecting", {forEveryone({}, P::Connect)}, base.without(P::Connect));
}

void TestPermissionResolve::rights_in_a_channel()
{
    QFETCH(QList<Overwrite>, overwrites);
    QFETCH(bool, timedOut);
    QFETCH(bool, thread);
    QFETCH(bool, voice);
    QFETCH(Permissions, expected);
    const Permissions base{P::ViewChannel, P::SendMessages, P::AttachFiles,   P::Connect,
                           P::Speak,       P::ManageRoles,  P::ManageChannels};
    const std::vector<Overwrite> list(overwrites.begin(), overwrites.end());
    const std::vector<RoleId> roles{RoleId(10), RoleId(11)};
    const ChannelFacts channel{list, thread, voice};
    const auto rightsOf = [&](const MemberFacts &member, Permissions all) {
        return channelPermissions(theGuild, member, all, {}, channel).bits();
    };
    QCOMPARE(rightsOf({bob, false, roles, timedOut}, base), expected.bits());
    // Nothing that a channel says is for owners and administrators.
    QCOMPARE(rightsOf({bob, true, roles, timedOut}, base), Permissions::all().bits());
    QCOMPARE(rightsOf({bob, false, roles, timedOut}, base | P::Administrator),
             Permissions::all().bits());
}

void TestPermissionResolve::who_stands_above_whom_data()
{
    QTest::addColumn<Rank>("actor");
    QTest::addColumn<Rank>("target");
    QTest::addColumn<bool>("above");
    const Rank none;
    const Rank owner{0, {}, true};
    const Rank low{1, RoleId(20), false};
    const Rank high{2, RoleId(30), false};
    const Rank lowOlder{1, RoleId(10), false};
    QTest::newRow("higher position") << high << low << true;
    QTest::newRow("lower position") << low << high << false;
    QTest::newRow("itself") << low << low << false;
    QTest::newRow("at one position the lower id") << lowOlder << low << true;
    QTest::newRow("at one position the higher id") << low << lowOlder << false;
    QTest::newRow("a role over none") << low << none << true;
    QTest::newRow("none over a role") << none << low << false;
    QTest::newRow("none over none") << none << none << false;
    QTest::newRow("the owner over all") << owner << high << true;
    QTest::newRow("nobody over the owner") << high << owner << false;
    QTest::newRow("the owner with a low role") << Rank{1, RoleId(20), true} << high << true;
}

void TestPermissionResolve::who_stands_above_whom()
{
    QFETCH(Rank, actor);
    QFETCH(Rank, target);
    QFETCH(bool, above);
    QCOMPARE(actor.isAbove(target), above);
}

std::shared_ptr<const GuildSnapshot> TestPermissionResolve::snapshotOf(const OracleGuild &guild,
                                                                       const Clock &clock)
{
    auto shape = std::make_shared<GuildSnapshot::Shape>();
    shape->guild = guild.id;
    shape->owner = guild.owner;
    for (const auto &[id, role] : guild.roles)
        shape->roles.emplace(
            id, RoleRights{Permissions::fromBits(role.permissions), role.position, false, false});
    for (const auto &[id, channel] : guild.channels) {
        ChannelRights rights;
        rights.type = channel.type;
        rights.parent = channel.parent;
        for (const OracleOverwrite &overwrite : channel.overwrites)
            rights.overwrites.push_back(
                {OverwriteId(overwrite.target),
                 overwrite.forMember ? OverwriteType::Member : OverwriteType::Role,
                 Permissions::fromBits(overwrite.allow), Permissions::fromBits(overwrite.deny)});
        shape->channels.emplace(id, std::move(rights));
    }
    std::vector<MemberRecord> members;
    for (const auto &[id, member] : guild.members) {
        MemberRecord record;
        record.user = id;
        record.roles.assign(member.roles.begin(), member.roles.end());
        if (member.timeoutMs != 0)
            record.timedOutUntil = Timestamp{clock.now().ms + member.timeoutMs};
        members.push_back(std::move(record));
    }
    return std::make_shared<const GuildSnapshot>(1, std::move(shape),
                                                 MemberTable(std::move(members)), clock);
}

void TestPermissionResolve::a_member_stands_where_the_highest_role_does()
{
    const ManualClock clock(Timestamp{1000});
    OracleGuild guild;
    guild.id = theGuild;
    guild.owner = UserId(200);
    guild.roles = {
        {RoleId(theGuild), {}}, {RoleId(10), {0, 2}}, {RoleId(11), {0, 2}}, {RoleId(12), {0, 1}}};
    guild.members = {{bob, {{RoleId(11), RoleId(12)}, 0}},
                     {UserId(101), {{RoleId(10)}, 0}},
                     {UserId(102), {}},
                     {UserId(200), {}}};
    const auto snapshot = snapshotOf(guild, clock);
    QCOMPARE(snapshot->rank(bob).position, 2);
    QCOMPARE(snapshot->rank(bob).role, RoleId(11));
    QVERIFY(snapshot->rank(UserId(101)).isAbove(snapshot->rank(bob)));
    QVERIFY(snapshot->rank(bob).isAbove(snapshot->rankOf(RoleId(12))));
    QVERIFY(!snapshot->rank(bob).isAbove(snapshot->rankOf(RoleId(11))));
    QVERIFY(!snapshot->rank(UserId(102)).isAbove(snapshot->rankOf(RoleId(theGuild))));
    QVERIFY(snapshot->rank(bob).isAbove(snapshot->rankOf(RoleId(theGuild))));
    QVERIFY(snapshot->rank(UserId(200)).isAbove(snapshot->rank(UserId(101))));
}

void TestPermissionResolve::random_guilds_agree_with_the_oracle()
{
    std::mt19937_64 random(20150101);
    for (int round = 0; round < 4000; ++round) {
        const OracleGuild guild = randomGuild(random);
        for (const auto &[id, member] : guild.members) {
            quint64 roles = 0;
            for (const RoleId role : member.roles)
                roles |= guild.roles.at(role).permissions;
            const std::vector<RoleId> sorted(member.roles.begin(), member.roles.end());
            const MemberFacts facts{id, id == guild.owner, sorted, member.timeoutMs > 0};
            const auto everyone
                = Permissions::fromBits(guild.roles.at(RoleId(guild.id)).permissions);
            QCOMPARE(guildPermissions(facts, everyone, Permissions::fromBits(roles)).bits(),
                     guild.inGuild(id));
        }
    }
}

void TestPermissionResolve::random_snapshots_agree_with_the_oracle()
{
    const ManualClock clock(Timestamp{1000});
    std::mt19937_64 random(42);
    qint64 visible = 0;
    qint64 hidden = 0;
    for (int round = 0; round < 4000; ++round) {
        const OracleGuild guild = randomGuild(random);
        const auto snapshot = snapshotOf(guild, clock);
        for (const auto &[channel, ignored] : guild.channels) {
            const auto holders = snapshot->holders(channel, P::SendMessages);
            for (const auto &[user, member] : guild.members) {
                const quint64 expected = guild.inChannel(user, channel);
                const QByteArray place = "round " + QByteArray::number(round) + " user "
                    + QByteArray::number(user.value()) + " channel "
                    + QByteArray::number(channel.value());
                QVERIFY2(snapshot->permissions(user, channel).bits() == expected,
                         place.constData());
                (expected & quint64(P::ViewChannel) ? visible : hidden) += 1;
                for (const Permission need : {P::ViewChannel, P::ManageMessages, P::SendMessages})
                    QVERIFY2(snapshot->mayHear(user, Audience::viewers(guild.id, channel, need))
                                 == ((expected & quint64(need)) != 0),
                             place.constData());
                QVERIFY2((std::ranges::find(holders, user) != holders.end())
                             == ((expected & quint64(P::SendMessages)) != 0),
                         place.constData());
                QCOMPARE(snapshot->permissions(user).bits(), guild.inGuild(user));
            }
            QVERIFY(!snapshot->mayHear(UserId(5), Audience::viewers(guild.id, channel)));
            QCOMPARE(snapshot->permissions(UserId(5), channel), Permissions::none());
        }
        QVERIFY(!snapshot->mayHear(UserId(5), Audience::members(guild.id)));
    }
    // The worlds are worth something: both answers came often.
    QVERIFY(visible > 10000);
    QVERIFY(hidden > 10000);
}

QTEST_GUILESS_MAIN(TestPermissionResolve)
#include "tst_permission_resolve.moc"
