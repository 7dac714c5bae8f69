// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/role/role_events.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// What is remembered of rights follows every kind of change; tst_rights_race has many at once.
class TestRightsCache : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<CommunityWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void init();

    void a_guild_is_read_when_it_is_asked_for();
    void what_is_not_there_is_nothing();
    void checks_ask_the_database_no_more();
    void a_new_owner_counts();
    void a_deleted_guild_is_gone();
    void a_new_role_can_be_given();
    void a_changed_role_counts();
    void a_moved_role_counts();
    void a_deleted_role_counts_no_more();
    void a_new_channel_is_there();
    void a_changed_channel_counts();
    void a_deleted_channel_is_gone();
    void somebody_who_joined_counts();
    void a_changed_member_counts();
    void somebody_who_left_counts_no_more();
    void a_refused_change_changes_nothing();
    void each_change_is_a_new_generation();
    void all_of_a_commit_is_in_force_when_its_first_event_is_heard();
    void a_guild_that_nobody_uses_is_not_read();
    void everything_can_be_dropped();

private:
    quint64 generation() const
    {
        const auto snapshot = m_world->rights().newest(m_guild);
        return snapshot ? snapshot->generation() : 0;
    }
    bool may(UserId user, Permissions need)
    {
        return m_world->permissions().require(user, m_guild, need).has_value();
    }
    bool sees(UserId user, ChannelId channel)
    {
        return m_world->permissions().requireVisible(user, channel).has_value();
    }
    Caller owner() const { return m_world->as(m_owner); }
    void modifyRole(RoleId role, Permissions permissions)
    {
        RoleInput body;
        body.permissions = permissions;
        QVERIFY_ACCEPTED(m_world->roles().modify(owner(), m_guild, role, body));
    }
    Response patch(const QByteArray &path, const QByteArray &json)
    {
        return m_world->call("PATCH", "/api/v10" + path, owner(), json);
    }
    QByteArray guildPath() const { return "/guilds/" + QByteArray::number(m_guild.value()); }

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild; ///< a new one for each test, and in use
    UserId m_owner;
};

void TestRightsCache::init()
{
    m_guild = m_world->guild();
    m_owner = m_world->ownerOf(m_guild);
}

void TestRightsCache::a_guild_is_read_when_it_is_asked_for()
{
    m_world->rights().dropAll();
    QVERIFY(!m_world->rights().newest(m_guild));
    QVERIFY(m_world->rights().fetch(m_guild));
    QVERIFY(m_world->rights().newest(m_guild));
}

void TestRightsCache::what_is_not_there_is_nothing()
{
    QVERIFY(!m_world->rights().fetch(GuildId(1)));
    QVERIFY(!m_world->rights().newest(GuildId(1)));
    QVERIFY(!m_world->rights().guildOf(ChannelId(1)));
    QVERIFY_REFUSED(m_world->permissions().requireMember(m_owner, GuildId(1)),
                    ErrorCode::UnknownGuild);
    QVERIFY_REFUSED(m_world->permissions().requireVisible(m_owner, ChannelId(1)),
                    ErrorCode::UnknownChannel);
}

void TestRightsCache::checks_ask_the_database_no_more()
{
    const ChannelId channel = m_world->channelOf(m_guild, ChannelType::Text);
    QVERIFY(sees(m_owner, channel));
    const quint64 before = generation();
    const auto first = m_world->rights().newest(m_guild);
    for (int i = 0; i < 100; ++i)
        QVERIFY(sees(m_owner, channel));
    QCOMPARE(m_world->rights().newest(m_guild).get(), first.get());
    QCOMPARE(generation(), before);
}

void TestRightsCache::a_new_owner_counts()
{
    const UserId heir = m_world->memberOf(m_guild);
    QVERIFY(!may(heir, Permission::Administrator));
    QCOMPARE(
        patch(guildPath(), "{\"owner_id\":\"" + QByteArray::number(heir.value()) + "\"}").status,
        200);
    QVERIFY(may(heir, Permission::Administrator));
    QVERIFY(!may(m_owner, Permission::Administrator));
}

void TestRightsCache::a_deleted_guild_is_gone()
{
    const ChannelId channel = m_world->channelOf(m_guild, ChannelType::Text);
    m_world->rights().dropAll();
    QVERIFY(sees(m_owner, channel));
    QCOMPARE(m_world->rights().rememberedChannels(), size_t(1));
    QVERIFY_ACCEPTED(m_world->guilds().remove(owner(), m_guild));
    QCOMPARE(m_world->rights().rememberedChannels(), size_t(0));
    QVERIFY(!m_world->rights().newest(m_guild));
    QVERIFY(!m_world->rights().fetch(m_guild));
    QVERIFY_REFUSED(m_world->permissions().requireVisible(m_owner, channel),
                    ErrorCode::UnknownChannel);
}

void TestRightsCache::a_new_role_can_be_given()
{
    RoleInput body;
    body.permissions = Permissions(Permission::KickMembers);
    const auto role = m_world->roles().create(owner(), m_guild, body);
    const UserId bob = m_world->memberOf(m_guild);
    QVERIFY_ACCEPTED(m_world->editing().grantRole(owner(), m_guild, bob, role->id));
    QVERIFY(may(bob, Permission::KickMembers));
}

void TestRightsCache::a_changed_role_counts()
{
    const RoleId role = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    m_world->give(m_guild, bob, role);
    QVERIFY(!may(bob, Permission::KickMembers));
    modifyRole(role, Permission::KickMembers);
    QVERIFY(may(bob, Permission::KickMembers));
    modifyRole(role, {});
    QVERIFY(!may(bob, Permission::KickMembers));
    modifyRole(RoleId(m_guild), {});
    QVERIFY(!may(bob, Permission::ViewChannel));
}

void TestRightsCache::a_moved_role_counts()
{
    const UserId bob = m_world->memberWith(m_guild, Permission::KickMembers);
    const RoleId higher = m_world->topRole(m_guild);
    const UserId ann = m_world->memberOf(m_guild);
    m_world->give(m_guild, ann, higher);
    auto &permissions = m_world->permissions();
    const auto over = [&] {
        return permissions.requireOver(bob, m_guild, ann, Permission::KickMembers).has_value();
    };
    QVERIFY(!over());
    QVERIFY_ACCEPTED(m_world->roles().move(owner(), m_guild,
                                           std::vector<RolePosition>{{higher, Patch<int>(1)}}));
    QVERIFY(over());
}

void TestRightsCache::a_deleted_role_counts_no_more()
{
    const RoleId role = m_world->topRole(m_guild, Permission::KickMembers);
    const UserId bob = m_world->memberOf(m_guild);
    m_world->give(m_guild, bob, role);
    QVERIFY(may(bob, Permission::KickMembers));
    QVERIFY_ACCEPTED(m_world->roles().remove(owner(), m_guild, role));
    QVERIFY(!may(bob, Permission::KickMembers));
    QCOMPARE(m_world->permissions().snapshot(m_guild)->member(bob)->roles.size(), 0u);
}

void TestRightsCache::a_new_channel_is_there()
{
    const UserId bob = m_world->memberOf(m_guild);
    const auto channel = m_world->channels().create(
        owner(), m_guild,
        m_world->body<CreateChannel>(R"({"name":"secret","permission_overwrites":[{"id":")"
                                     + QByteArray::number(m_guild.value())
                                     + R"(","type":0,"deny":"1024"}]})"));
    QVERIFY(channel);
    QVERIFY(sees(m_owner, channel->id));
    QVERIFY(!sees(bob, channel->id));
}

void TestRightsCache::a_changed_channel_counts()
{
    const ChannelId channel = m_world->channelOf(m_guild, ChannelType::Text);
    const UserId bob = m_world->memberOf(m_guild);
    QVERIFY(sees(bob, channel));
    const QByteArray path = "/api/v10/channels/" + QByteArray::number(channel.value())
        + "/permissions/" + QByteArray::number(m_guild.value());
    QCOMPARE(m_world->call("PUT", path, owner(), R"({"type":0,"deny":"1024"})").status, 204);
    QVERIFY(!sees(bob, channel));
    QCOMPARE(m_world->call("DELETE", path, owner()).status, 204);
    QVERIFY(sees(bob, channel));
}

void TestRightsCache::a_deleted_channel_is_gone()
{
    const ChannelId channel = m_world->channelOf(m_guild, ChannelType::Text);
    QVERIFY(sees(m_owner, channel));
    QVERIFY_ACCEPTED(m_world->channels().remove(owner(), channel));
    QVERIFY_REFUSED(m_world->permissions().requireVisible(m_owner, channel),
                    ErrorCode::UnknownChannel);
}

void TestRightsCache::somebody_who_joined_counts()
{
    const UserId bob = m_world->user(u"joiner%1"_s.arg(m_guild.toString()));
    QVERIFY_REFUSED(m_world->permissions().requireMember(bob, m_guild), ErrorCode::MissingAccess);
    m_world->join(m_guild, bob);
    QVERIFY_ACCEPTED(m_world->permissions().requireMember(bob, m_guild));
}

void TestRightsCache::a_changed_member_counts()
{
    const UserId bob = m_world->memberOf(m_guild);
    QVERIFY(may(bob, Permission::SendMessages));
    ModifyMember change;
    change.communicationDisabledUntil = Timestamp{m_world->clock().now().ms + 1000};
    QVERIFY_ACCEPTED(m_world->editing().modify(owner(), m_guild, bob, change));
    QVERIFY(!may(bob, Permission::SendMessages));
    QVERIFY(may(bob, Permission::ViewChannel));
    // It ends by itself: nothing is read again for that.
    const quint64 before = generation();
    m_world->clock().advance(std::chrono::milliseconds(1001));
    QVERIFY(may(bob, Permission::SendMessages));
    QCOMPARE(generation(), before);
}

void TestRightsCache::somebody_who_left_counts_no_more()
{
    const UserId bob = m_world->memberOf(m_guild);
    QVERIFY(may(bob, Permission::ViewChannel));
    QVERIFY_ACCEPTED(m_world->members().leave(m_world->as(bob), m_guild));
    QVERIFY_REFUSED(m_world->permissions().requireMember(bob, m_guild), ErrorCode::MissingAccess);
}

void TestRightsCache::a_refused_change_changes_nothing()
{
    const RoleId role = m_world->topRole(m_guild, Permission::KickMembers);
    const quint64 before = generation();
    const auto refused = m_world->database().transact([&](db::Tx &tx) -> Result<void> {
        tx.publishOnCommit(RoleDeleted{m_guild, role});
        return refuse(ErrorCode::InvalidRole);
    });
    QVERIFY(!refused);
    QCOMPARE(generation(), before);
}

void TestRightsCache::each_change_is_a_new_generation()
{
    const RoleId role = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    quint64 last = generation();
    QVERIFY(last > 0);
    const auto rose = [&] {
        const quint64 now = generation();
        return now > std::exchange(last, now);
    };
    modifyRole(role, Permission::KickMembers);
    QVERIFY(rose());
    m_world->give(m_guild, bob, role);
    QVERIFY(rose());
    QVERIFY_ACCEPTED(m_world->members().kick(owner(), m_guild, bob));
    QVERIFY(rose());
    m_world->rights().dropAll();
    QVERIFY(m_world->rights().fetch(m_guild));
    QVERIFY(rose());
}

void TestRightsCache::all_of_a_commit_is_in_force_when_its_first_event_is_heard()
{
    const ChannelId channel = m_world->channelOf(m_guild, ChannelType::Text);
    const RoleId role = m_world->topRole(m_guild, Permission::KickMembers);
    const UserId bob = m_world->memberOf(m_guild);
    m_world->give(m_guild, bob, role);
    // Whoever has the role is let in where others are not.
    const QByteArray path = "/channels/" + QByteArray::number(channel.value());
    QCOMPARE(patch(path,
                   R"({"permission_overwrites":[{"id":")" + m_guild.toString().toUtf8()
                       + R"(","type":0,"deny":"1024"},{"id":")" + role.toString().toUtf8()
                       + R"(","type":0,"allow":"1024"}]})")
                 .status,
             200);
    QVERIFY(sees(bob, channel) && may(bob, Permission::KickMembers));
    int heard = 0;
    bool inForce = true;
    const GuildId guild = m_guild;
    m_world->bus().atAnyCommit([&, guild](const AnyEvent &event) {
        if (event.audience().guild != guild)
            return;
        ++heard;
        inForce = inForce && !may(bob, Permission::KickMembers) && !sees(bob, channel);
    });
    const quint64 before = generation();
    QVERIFY_ACCEPTED(m_world->roles().remove(owner(), m_guild, role));
    QVERIFY(heard >= 2); // of the role and of the channel
    QVERIFY(inForce);
    QCOMPARE(generation(), before + 1);
}

void TestRightsCache::a_guild_that_nobody_uses_is_not_read()
{
    const UserId bob = m_world->user(u"late%1"_s.arg(m_guild.toString()));
    const User person = m_world->users().find(bob).value();
    m_world->rights().dropAll();
    QVERIFY_ACCEPTED(m_world->database().transact(
        [&](db::Tx &tx) { return m_world->members().join(tx, m_guild, person); }));
    QVERIFY(!m_world->rights().newest(m_guild));
    QVERIFY_ACCEPTED(m_world->permissions().requireMember(bob, m_guild));
}

void TestRightsCache::everything_can_be_dropped()
{
    const ChannelId channel = m_world->channelOf(m_guild, ChannelType::Text);
    const UserId bob = m_world->memberOf(m_guild);
    QVERIFY(sees(bob, channel));
    m_world->rights().dropAll();
    QVERIFY(!m_world->rights().newest(m_guild));
    QVERIFY(sees(bob, channel));
}

QTEST_GUILESS_MAIN(TestRightsCache)
#include "tst_rights_cache.moc"
