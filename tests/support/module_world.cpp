// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/module_world.h"

#include "sql/queries/test_world.h"

#include <condition_variable>
#include <stdexcept>

namespace guildhall::test {

namespace {

/// 2026-01-01, so that ids and times in failures are easy to read.
constexpr Timestamp worldStart{1767225600000};

} // namespace

ModuleWorld::ModuleWorld(db::StatementObserver *observer)
    : m_clock(worldStart)
    , m_database(m_home.parameters(), m_bus, observer)
    , m_ids(1, m_clock)
    , m_pool("test", 2, 100)
    , m_kernel{m_router, m_bus, m_database, m_ids, m_clock, m_pool}
    , m_events(m_bus)
{ }

ModuleWorld::~ModuleWorld()
{
    m_pool.drain(std::chrono::seconds(5));
    m_database.closeThreadSession();
}

Caller ModuleWorld::as(UserId user, bool bot)
{
    Caller caller;
    caller.user = user;
    caller.bot = bot;
    caller.requestId = "test";
    caller.baseUrl = "http://guildhall.test";
    return caller;
}

Response ModuleWorld::call(const QByteArray &method, const QByteArray &target, const Caller &who,
                           const QByteArray &body)
{
    const qsizetype mark = target.indexOf('?');
    Router::Match match = m_router.match(method, mark < 0 ? target : target.left(mark));
    if (!match.route)
        return refusalResponse(makeError(match.error), match.dialect);
    const Call call{who, std::move(match.parameters),
                    mark < 0 ? QByteArray() : target.mid(mark + 1), "application/json", body};
    std::mutex mutex;
    std::condition_variable answered;
    std::optional<Response> answer;
    match.route->invoke(call, [&](Response response) {
        const std::lock_guard lock(mutex);
        answer = std::move(response);
        answered.notify_all();
    });
    std::unique_lock lock(mutex);
    if (!answered.wait_for(lock, std::chrono::seconds(10), [&] { return answer.has_value(); }))
        throw std::runtime_error("no answer within ten seconds");
    return *answer;
}

UserId ModuleWorld::user(const QString &name)
{
    const UserId id = m_ids.next<UserId>();
    m_database.session().exec(sql::test_world::insert_user, db::bind(":id", id),
                              db::bind(":username", name),
                              db::bind(":email", QString(name + QStringLiteral("@guildhall.test"))),
                              db::bind(":created_at", m_clock.now()));
    return id;
}

UserId ModuleWorld::bot(const QString &name, UserId owner)
{
    const UserId id = m_ids.next<UserId>();
    m_database.session().exec(sql::test_world::insert_bot, db::bind(":id", id),
                              db::bind(":username", name), db::bind(":created_at", m_clock.now()));
    m_database.session().exec(sql::test_world::insert_application, db::bind(":id", id),
                              db::bind(":owner_id", owner), db::bind(":name", name),
                              db::bind(":created_at", m_clock.now()));
    return id;
}

} // namespace guildhall::test
