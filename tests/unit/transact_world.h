// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/database.h"
#include "tests/support/pg_cluster.h"

#include <QTest>

#include <thread>

namespace guildhall::test {

/// A database of two tables, a bus whose listener writes into one of them, and a log of what was
/// heard: what the tests of transact() share.
struct TransactWorld {
    static constexpr std::string_view n[] = {":n"};
    static constexpr db::Query insertNumber{"test.insert_number",
                                            "INSERT INTO numbers (n) VALUES ($1)", n};
    static constexpr db::Query insertNote{"test.insert_note", "INSERT INTO notes (n) VALUES ($1)",
                                          n};
    static constexpr db::Query countNumbers{
        "test.count_numbers", "SELECT count(*) FROM numbers", {}, true};
    static constexpr db::Query listNotes{
        "test.list_notes", "SELECT n FROM notes ORDER BY n", {}, true};

    template <int kind>
    struct Noted {
        static constexpr const char *eventName = nullptr;
        Intent intent() const { return Intent::Guilds; }
        Audience audience() const { return Audience::nobody(); }
        QByteArray payload(PayloadVariant) const { return {}; }
        int n;
    };
    using Stored = Noted<0>; ///< its listener writes a note in the same transaction
    using Echoed = Noted<1>; ///< what that listener publishes in turn

    TransactWorld()
    {
        database.session().runPlain(
            db::Query{"test.schema",
                      "CREATE TABLE numbers (n int CONSTRAINT numbers_n_key UNIQUE);"
                      "CREATE TABLE notes (n int)"});
        bus.declare<Stored>();
        bus.declare<Echoed>();
        bus.inTransaction<Stored>([this](db::Tx &tx, std::span<const Stored *const> events) {
            log.push_back("listener got " + std::to_string(events.size()));
            for (const Stored *event : events) {
                tx.exec(insertNote, db::bind(":n", event->n));
                tx.publishOnCommit(Echoed{event->n});
            }
        });
        bus.atCommit<Stored>([this](const Stored &event) {
            log.push_back("stored " + std::to_string(event.n) + " of " + std::to_string(numbers()));
        });
        bus.atCommit<Echoed>(
            [this](const Echoed &event) { log.push_back("echoed " + std::to_string(event.n)); });
    }

    void clear()
    {
        database.session().exec(db::Query{"test.clear", "TRUNCATE numbers, notes"});
        log.clear();
    }
    qint64 numbers() { return database.session().one<qint64>(countNumbers); }
    static void insert(db::Executor &db, int number)
    {
        db.exec(insertNumber, db::bind(":n", number));
    }
    /// A transaction of its own, in a thread of its own.
    void elsewhere(const std::function<void(db::Tx &)> &work)
    {
        std::thread([&] {
            QVERIFY(database.transact([&](db::Tx &tx) {
                work(tx);
                return Result<int>(0);
            }));
            database.closeThreadSession();
        }).join();
    }

    TestDatabase clone{TestDatabase::Content::Empty};
    EventBus bus;
    db::Database database{clone.parameters(), bus};
    std::vector<std::string> log;
};

} // namespace guildhall::test
