// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/events/event_bus.h"
#include "server/infrastructure/fault.h"

#include <QtTest>

using namespace guildhall;

namespace {

template <int kind>
struct Noted {
    static constexpr const char *eventName = nullptr;
    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::nobody(); }
    QByteArray payload(PayloadVariant) const { return {}; }
    int n;
};
using First = Noted<0>;
using Second = Noted<1>;

} // namespace

/// Who hears what of a commit, and when; transactions are tst_db_transact's.
class TestEventBus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void a_commit_is_announced_as_a_whole_before_its_events();
    void an_event_alone_is_a_commit_of_one();
    void no_events_are_no_commit();
    void a_listener_that_fails_keeps_nothing_from_the_others();

private:
    std::unique_ptr<EventBus> m_bus;
    QStringList m_log;
};

void TestEventBus::init()
{
    m_log.clear();
    m_bus = std::make_unique<EventBus>();
    m_bus->declare<First>();
    m_bus->declare<Second>();
    m_bus->atAnyCommit([this](const AnyEvent &event) {
        const First *first = event.as<First>();
        m_log << QStringLiteral("any %1").arg(first ? first->n : event.as<Second>()->n);
    });
    m_bus->atCommit<First>(
        [this](const First &event) { m_log << QStringLiteral("first %1").arg(event.n); });
    m_bus->atEachCommit([this](std::span<const AnyEvent> events) {
        m_log << QStringLiteral("commit of %1").arg(events.size());
    });
}

void TestEventBus::a_commit_is_announced_as_a_whole_before_its_events()
{
    QVERIFY(m_bus->publishAll(
        {AnyEvent::of(First{1}), AnyEvent::of(Second{2}), AnyEvent::of(First{3})}));
    QCOMPARE(m_log,
             (QStringList{QStringLiteral("commit of 3"), QStringLiteral("first 1"),
                          QStringLiteral("any 1"), QStringLiteral("any 2"),
                          QStringLiteral("first 3"), QStringLiteral("any 3")}));
    QCOMPARE(m_bus->lastSequence(), quint64(3));
}

void TestEventBus::an_event_alone_is_a_commit_of_one()
{
    m_bus->publish(Second{4});
    QCOMPARE(m_log, (QStringList{QStringLiteral("commit of 1"), QStringLiteral("any 4")}));
}

void TestEventBus::no_events_are_no_commit()
{
    QVERIFY(m_bus->publishAll({}));
    QVERIFY(m_log.isEmpty());
}

void TestEventBus::a_listener_that_fails_keeps_nothing_from_the_others()
{
    m_bus->atEachCommit([](std::span<const AnyEvent>) { throw Fault("of commits"); });
    m_bus->atCommit<Second>([](const Second &) { throw Fault("of an event"); });
    QVERIFY(!m_bus->publishAll({AnyEvent::of(Second{1}), AnyEvent::of(First{2})}));
    QCOMPARE(m_log,
             (QStringList{QStringLiteral("commit of 2"), QStringLiteral("first 2"),
                          QStringLiteral("any 2")}));
}

QTEST_GUILESS_MAIN(TestEventBus)
#include "tst_event_bus.moc"
