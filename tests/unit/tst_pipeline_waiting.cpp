// SPDX-License-Identifier: GPL-3.0-or-later
// Nobody waits for workers that are stuck, nor for a database that is away.
#include "pipeline_world.h"

using namespace guildhall;
using namespace guildhall::test;

namespace {

/// Keeps the worker of a pool busy until it goes.
class Stuck {
public:
    explicit Stuck(WorkerPool &pool)
    {
        std::promise<void> begun;
        auto begins = begun.get_future();
        const bool queued = pool.submit([&begun, released = m_released] {
            begun.set_value();
            released.wait();
        });
        Q_ASSERT(queued);
        begins.wait();
    }
    ~Stuck() { m_release.set_value(); }
    Q_DISABLE_COPY_MOVE(Stuck)

private:
    std::promise<void> m_release;
    std::shared_future<void> m_released = m_release.get_future().share();
};

bool isComeBackLater(const std::optional<Response> &answer)
{
    return answer && answer->status == 503
        && answer->headers.contains(std::pair<QByteArray, QByteArray>("Retry-After", "1"));
}

} // namespace

class TestPipelineWaiting : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_request_that_no_worker_begins_is_503();
    void a_token_that_no_worker_judges_is_503();
    void what_needs_no_worker_does_not_wait_for_one();
    void with_the_database_away_nobody_waits();
    void with_the_database_away_a_known_token_is_answered_where_that_is_enough();
};

void TestPipelineWaiting::a_request_that_no_worker_begins_is_503()
{
    PipelineWorld world;
    const Stuck api(world.api);
    const Stuck heavy(world.heavy);
    world.authenticator.knowsByHeart = true;
    QVERIFY(isComeBackLater(world.ask(PipelineWorld::head("GET", "/api/open"))));
    QVERIFY(isComeBackLater(world.ask(PipelineWorld::head("POST", "/api/images", "user 8"))));
    QCOMPARE(world.api.queueLength(), size_t(0)); // and its job is gone
    QCOMPARE(world.heavy.queueLength(), size_t(0));
    QCOMPARE(world.allObserved().size(), size_t(2));
}

void TestPipelineWaiting::a_token_that_no_worker_judges_is_503()
{
    PipelineWorld world;
    {
        const Stuck stuck(world.api);
        QVERIFY(isComeBackLater(world.ask(PipelineWorld::head("GET", "/api/any", "user 8"))));
        QCOMPARE(world.authenticator.asked, 0);
    }
    QCOMPARE(
        world.ask(PipelineWorld::head("GET", "/api/any", "user 8")).value_or(Response()).status,
        200);
}

void TestPipelineWaiting::what_needs_no_worker_does_not_wait_for_one()
{
    PipelineWorld world;
    const Stuck stuck(world.api);
    world.databaseAnswers = false;
    const quint64 ticket = world.begin(PipelineWorld::head("GET", "/api/quick"));
    QVERIFY(world.admission(ticket));
    world.pipeline->handle({PipelineWorld::head("GET", "/api/quick"), {}, ticket});
    QVERIFY(world.sink.find(ticket)); // at once
    QCOMPARE(world.sink.find(ticket)->status, 200);
}

void TestPipelineWaiting::with_the_database_away_nobody_waits()
{
    PipelineWorld world;
    world.databaseAnswers = false;
    const quint64 ticket = world.begin(PipelineWorld::head("GET", "/api/any", "user 8"));
    QVERIFY(world.admission(ticket));
    QVERIFY(isComeBackLater(world.admission(ticket)->refusal));
    QCOMPARE(world.authenticator.asked, 0);
    QVERIFY(isComeBackLater(world.ask(PipelineWorld::head("GET", "/api/open"))));
    world.databaseAnswers = true;
    QCOMPARE(
        world.ask(PipelineWorld::head("GET", "/api/any", "user 8")).value_or(Response()).status,
        200);
}

void TestPipelineWaiting::with_the_database_away_a_known_token_is_answered_where_that_is_enough()
{
    PipelineWorld world;
    world.databaseAnswers = false;
    world.authenticator.knowsByHeart = true;
    const auto status = [&](const QByteArray &path, const QByteArray &token) {
        return world.ask(PipelineWorld::head("GET", path, token)).value_or(Response()).status;
    };
    QCOMPARE(status("/api/people", "Bot 7"), 403);
    QCOMPARE(status("/api/any", "nonsense"), 401);
    QCOMPARE(status("/api/any", "user 8"), 503);
}

QTEST_GUILESS_MAIN(TestPipelineWaiting)
#include "tst_pipeline_waiting.moc"
