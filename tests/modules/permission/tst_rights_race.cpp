// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

namespace {

/// What a right was last set to, told apart from "being changed": odd while a change runs, and a
/// new number after each.
class Setting {
public:
    void beginChange() { m_number.fetch_add(1); }
    void endChange(bool allowed)
    {
        m_allowed.store(allowed);
        m_number.fetch_add(1);
    }
    /// Asks `check()`. @return true when its answer contradicts the setting that stood all the
    /// while
    template <typename Check>
    bool isContradictedBy(Check check) const
    {
        const quint64 before = m_number.load();
        const bool allowed = m_allowed.load();
        const bool answer = check();
        return before % 2 == 0 && m_number.load() == before && answer != allowed;
    }

private:
    std::atomic<quint64> m_number{0};
    std::atomic<bool> m_allowed{false};
};

} // namespace

/// Many threads ask for rights while others change them: once a change has returned, nobody is told
/// what was before it.
class TestRightsRace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }

    void no_stale_answer_after_a_change();
    void no_stale_answer_while_everything_is_dropped();
    void the_last_of_many_changes_is_what_stays();

private:
    static constexpr int changes = 60;

    void run(bool drop);
    void changeRole(bool allowed);
    void changeMember(bool allowed);
    void changeChannel(bool allowed);

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild;
    UserId m_bob;
    RoleId m_changing; ///< bob has it; its right to kick comes and goes
    RoleId m_given; ///< may ban; bob is given it, and it is taken again
    ChannelId m_channel; ///< bob is let in and shut out
};

void TestRightsRace::init()
{
    m_world = std::make_unique<CommunityWorld>();
    m_guild = m_world->guild();
    m_bob = m_world->memberOf(m_guild);
    m_changing = m_world->topRole(m_guild);
    m_given = m_world->topRole(m_guild, Permission::BanMembers);
    m_world->give(m_guild, m_bob, m_changing);
    m_channel = m_world->channelOf(m_guild, ChannelType::Text);
    changeChannel(false);
}

void TestRightsRace::changeRole(bool allowed)
{
    RoleInput body;
    body.permissions = allowed ? Permissions(Permission::KickMembers) : Permissions();
    if (!m_world->roles().modify(m_world->as(m_world->ownerOf(m_guild)), m_guild, m_changing, body))
        qFatal("the role was not changed");
}

void TestRightsRace::changeMember(bool allowed)
{
    const Caller owner = m_world->as(m_world->ownerOf(m_guild));
    const auto changed = allowed ? m_world->editing().grantRole(owner, m_guild, m_bob, m_given)
                                 : m_world->editing().revokeRole(owner, m_guild, m_bob, m_given);
    if (!changed)
        qFatal("the member was not changed");
}

void TestRightsRace::changeChannel(bool allowed)
{
    const QByteArray path = "/api/v10/channels/" + QByteArray::number(m_channel.value())
        + "/permissions/" + QByteArray::number(m_bob.value());
    const Response answer
        = m_world->call("PUT", path, m_world->as(m_world->ownerOf(m_guild)),
                        allowed ? R"({"type":1,"allow":"1024"})" : R"({"type":1,"deny":"1024"})");
    if (answer.status != 204)
        qFatal("the channel was not changed");
}

void TestRightsRace::run(bool drop)
{
    Setting role;
    Setting member;
    Setting channel;
    std::atomic<bool> stop = false;
    std::atomic<int> stale = 0;
    std::atomic<qint64> asked = 0;
    PermissionService &rights = m_world->permissions();
    const auto thread = [&](auto body) {
        return std::thread([&, body] {
            body();
            m_world->database().closeThreadSession();
        });
    };
    const auto changer = [&](Setting &setting, auto change) {
        return thread([&, change] {
            for (int i = 0; i < changes; ++i) {
                const bool allowed = i % 2 == 0;
                setting.beginChange();
                change(allowed);
                setting.endChange(allowed);
            }
        });
    };
    std::vector<std::thread> changers;
    changers.push_back(changer(role, [&](bool allowed) { changeRole(allowed); }));
    changers.push_back(changer(member, [&](bool allowed) { changeMember(allowed); }));
    changers.push_back(changer(channel, [&](bool allowed) { changeChannel(allowed); }));
    std::vector<std::thread> askers;
    for (int i = 0; i < 4; ++i) {
        askers.push_back(thread([&] {
            while (!stop) {
                stale += role.isContradictedBy([&] {
                    return rights.require(m_bob, m_guild, Permission::KickMembers).has_value();
                });
                stale += member.isContradictedBy([&] {
                    return rights.require(m_bob, m_guild, Permission::BanMembers).has_value();
                });
                stale += channel.isContradictedBy(
                    [&] { return rights.requireVisible(m_bob, m_channel).has_value(); });
                ++asked;
            }
        }));
    }
    if (drop) {
        askers.push_back(thread([&] {
            while (!stop) {
                m_world->rights().dropAll();
                std::this_thread::yield();
            }
        }));
    }
    for (std::thread &running : changers)
        running.join();
    stop = true;
    for (std::thread &running : askers)
        running.join();
    QCOMPARE(stale.load(), 0);
    QVERIFY(asked > changes);
}

void TestRightsRace::no_stale_answer_after_a_change()
{
    run(false);
}

void TestRightsRace::no_stale_answer_while_everything_is_dropped()
{
    run(true);
}

void TestRightsRace::the_last_of_many_changes_is_what_stays()
{
    // Many change one role at once: what the rights hold in the end is what the database holds.
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < 15; ++round)
                changeRole((round + i) % 2 == 0);
            m_world->database().closeThreadSession();
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    const Permissions stored = m_world->roleNow(m_guild, m_changing).permissions;
    const auto remembered = m_world->rights().atHand(m_guild);
    QVERIFY(remembered);
    QCOMPARE(remembered->role(m_changing)->permissions, stored);
}

QTEST_GUILESS_MAIN(TestRightsRace)
#include "tst_rights_race.moc"
