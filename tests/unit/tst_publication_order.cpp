// SPDX-License-Identifier: GPL-3.0-or-later
// Events of transactions that waited for each other leave in the order of the commits.
#include "tests/unit/transact_world.h"

#include <QRandomGenerator>

#include <future>
#include <mutex>
#include <thread>

using namespace guildhall;
using namespace std::chrono_literals;
using db::Query;
using test::TransactWorld;

namespace {

constexpr Query countOne{"test.count_one", "UPDATE numbers SET n = n + 1 RETURNING n"};

/// What the number became, told to `guild` and `user`.
struct Counted {
    static constexpr const char *eventName = "GUILD_UPDATE";
    int n;
    GuildId guild;
    UserId user;

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return guild ? Audience::members(guild) : Audience::only({user}); }
    QByteArray payload(PayloadVariant) const { return {}; }
};

} // namespace

class TestPublicationOrder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void who_commits_first_is_heard_first_data();
    void who_commits_first_is_heard_first();
    void others_do_not_wait();
    void what_follows_a_commit_may_commit_itself();

private:
    std::unique_ptr<TransactWorld> m_world;
    std::function<void(int)> m_refresh = [](int) {
    }; ///< what views do before anybody hears, which takes a while
    std::mutex m_mutex;
    std::vector<int> m_heard;
};

void TestPublicationOrder::initTestCase()
{
    m_world = std::make_unique<TransactWorld>();
    m_world->bus.declare<Counted>();
    m_world->bus.atEachCommit([this](std::span<const AnyEvent> events) {
        if (const Counted *event = events.front().as<Counted>())
            m_refresh(event->n);
    });
    m_world->bus.atCommit<Counted>([this](const Counted &event) {
        const std::lock_guard lock(m_mutex);
        m_heard.push_back(event.n);
    });
}

void TestPublicationOrder::who_commits_first_is_heard_first_data()
{
    QTest::addColumn<GuildId>("guild");
    QTest::addColumn<UserId>("user");
    QTest::newRow("of a guild") << GuildId(7) << UserId();
    QTest::newRow("of an account") << GuildId() << UserId(7);
}

void TestPublicationOrder::who_commits_first_is_heard_first()
{
    QFETCH(GuildId, guild);
    QFETCH(UserId, user);
    m_world->clear();
    m_heard.clear();
    TransactWorld::insert(m_world->database.session(), 0);
    m_refresh = [](int) {
        std::this_thread::sleep_for(
            std::chrono::microseconds(QRandomGenerator::global()->bounded(2000)));
    };
    constexpr int rounds = 50;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                m_world->elsewhere([&](db::Tx &tx) {
                    tx.publishOnCommit(Counted{tx.one<int>(countOne), guild, user});
                });
            }
        });
    }
    threads.clear();
    QCOMPARE(m_heard.size(), size_t(4 * rounds));
    QVERIFY(std::ranges::is_sorted(m_heard));
}

void TestPublicationOrder::others_do_not_wait()
{
    m_heard.clear();
    std::promise<void> release;
    const auto released = release.get_future().share();
    m_refresh = [released](int n) {
        if (n == 1)
            released.wait();
    };
    const auto tell = [this](int n, GuildId guild) {
        m_world->elsewhere([&](db::Tx &tx) { tx.publishOnCommit(Counted{n, guild, {}}); });
    };
    std::jthread slow([&] { tell(1, GuildId(7)); });
    tell(2, GuildId(8));
    release.set_value();
    slow.join();
    QCOMPARE(m_heard, (std::vector{2, 1}));
}

void TestPublicationOrder::what_follows_a_commit_may_commit_itself()
{
    m_heard.clear();
    m_refresh = [](int) {
    };
    QVERIFY(m_world->database.transact([&](db::Tx &tx) -> Result<void> {
        tx.publishOnCommit(Counted{1, GuildId(7), {}});
        tx.afterCommit([&] {
            m_world->elsewhere([&](db::Tx &next) {
                next.publishOnCommit(Counted{2, GuildId(7), {}});
            });
        });
        return {};
    }));
    QCOMPARE(m_heard, (std::vector{1, 2}));
}

QTEST_GUILESS_MAIN(TestPublicationOrder)
#include "tst_publication_order.moc"
