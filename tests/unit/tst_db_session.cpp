// SPDX-License-Identifier: GPL-3.0-or-later
// Statements of one connection, on PostgreSQL: what goes in comes out, mistakes have sentences.
#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/database/query_record.h"
#include "server/infrastructure/database/session.h"
#include "tests/support/pg_cluster.h"

#include <QTest>

#include <csignal>

using namespace guildhall;
using namespace Qt::StringLiterals;
using db::DbFault;
using db::Query;

namespace {

constexpr std::string_view x[] = {":x"};
constexpr std::string_view xy[] = {":x", ":y"};

constexpr Query echoText{"test.echo_text", "SELECT $1::text", x, true};
constexpr Query echoBigint{"test.echo_bigint", "SELECT $1::bigint", x, true};
constexpr Query echoDouble{"test.echo_double", "SELECT $1::float8", x, true};
constexpr Query echoBool{"test.echo_bool", "SELECT $1::boolean", x, true};
constexpr Query echoBigints{"test.echo_bigints", "SELECT $1::bigint[]", x, true};
constexpr Query echoTexts{"test.echo_texts", "SELECT $1::text[]", x, true};
constexpr Query two{"test.two", "SELECT $1::int, $2::text", xy, true};
constexpr Query count{"test.count", "SELECT generate_series(1, $1::int)", x, true};
constexpr Query insertPair{"test.insert_pair", "INSERT INTO pairs (x, y) VALUES ($1, $2)", xy};
constexpr Query countPairs{"test.count_pairs", "SELECT count(*) FROM pairs", {}, true};
constexpr Query deletePairs{"test.delete_pairs", "DELETE FROM pairs"};
constexpr Query backend{"test.backend", "SELECT pg_backend_pid()", {}, true};
constexpr Query terminate{"test.terminate", "SELECT pg_terminate_backend($1, 5000)", x};
constexpr Query waitFor{"test.wait_for", "SELECT pg_sleep($1::float8)", x, true};

struct Pair {
    int number;
    QString text;
};

template <typename Work>
std::optional<DbFault> faultOf(Work work)
{
    try {
        work();
    } catch (const DbFault &fault) {
        return fault;
    }
    return std::nullopt;
}

} // namespace

template <>
struct guildhall::db::RowReader<Pair> {
    static Pair read(Row &row) { return Pair{row.take<int>(), row.take<QString>()}; }
};

class TestDbSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void text_comes_back_as_it_went_data();
    void text_comes_back_as_it_went();
    void a_nul_is_removed_and_the_rest_stays();
    void numbers_come_back_exactly();
    void null_comes_back_as_nothing();
    void null_read_as_a_number_is_a_fault();
    void arrays_come_back();
    void structs_pairs_and_tuples_are_read_in_order();
    void a_left_join_can_be_looked_at_first();
    void unread_and_missing_columns_are_faults();
    void maybe_and_one_mind_the_number_of_rows();
    void exec_counts_affected_rows();
    void a_value_is_never_sql();
    void binding_mistakes_have_sentences();
    void violations_name_their_constraint();
    void a_data_exception_does_not_quote_the_value();
    void timeouts_are_faults_and_the_session_goes_on();
    void a_frozen_server_is_given_up();
    void a_read_survives_the_loss_of_its_connection();
    void a_write_does_not_run_twice();
    void prepared_queries_are_on_record();
    void a_server_that_is_not_there_is_unavailable();

private:
    /// Ends the session's connection behind its back.
    void kill(db::Session &victim);

    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<db::Session> m_session;
};

void TestDbSession::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>(test::TestDatabase::Content::Empty);
    m_session = std::make_unique<db::Session>(m_database->parameters());
    m_session->runPlain(Query{"test.schema",
                              "CREATE TABLE pairs (x int CONSTRAINT pairs_x_key UNIQUE,"
                              " y text CONSTRAINT pairs_y_check CHECK (y <> ''))"});
}

void TestDbSession::cleanupTestCase()
{
    m_session.reset();
    m_database.reset();
}

void TestDbSession::kill(db::Session &victim)
{
    const int pid = victim.one<int>(backend);
    db::Session other(m_database->parameters());
    QVERIFY(other.one<bool>(terminate, db::bind(":x", pid)));
}

void TestDbSession::text_comes_back_as_it_went_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("quotes") << u"it's \"quoted\" \\ and $1 :x ?"_s;
    QTest::newRow("lines") << u"one\r\ntwo\ttabs\u0001\u001f"_s;
    QTest::newRow("beyond the plane") << u"Zoë 日本語 🎲 עברית"_s;
    QTest::newRow("long") << QString(100'000, u'ü');
}

void TestDbSession::text_comes_back_as_it_went()
{
    QFETCH(QString, text);
    QCOMPARE(m_session->one<QString>(echoText, db::bind(":x", text)), text);
    QCOMPARE(m_session->one<QByteArray>(echoText, db::bind(":x", text.toUtf8())), text.toUtf8());
}

void TestDbSession::a_nul_is_removed_and_the_rest_stays()
{
    QCOMPARE(m_session->one<QString>(echoText, db::bind(":x", u"a\0b"_s)), u"ab"_s);
}

void TestDbSession::numbers_come_back_exactly()
{
    for (const qint64 number : {std::numeric_limits<qint64>::min(), qint64(-1), qint64(0),
                                std::numeric_limits<qint64>::max()})
        QCOMPARE(m_session->one<qint64>(echoBigint, db::bind(":x", number)), number);
    for (const double number : {0.1, -1e300, 5e-324, 1.0 / 3})
        QCOMPARE(m_session->one<double>(echoDouble, db::bind(":x", number)), number);
    QCOMPARE(m_session->one<bool>(echoBool, db::bind(":x", true)), true);
    QCOMPARE(m_session->one<bool>(echoBool, db::bind(":x", false)), false);
    const UserId id(9223372036854775807);
    QCOMPARE(m_session->one<UserId>(echoBigint, db::bind(":x", id)), id);
    const Timestamp time{1'700'000'000'123};
    QVERIFY(m_session->one<Timestamp>(echoBigint, db::bind(":x", time)) == time);
    const Permissions rights = Permissions::all();
    QVERIFY(m_session->one<Permissions>(echoBigint, db::bind(":x", rights)) == rights);
}

void TestDbSession::null_comes_back_as_nothing()
{
    using Maybe = std::optional<UserId>;
    QCOMPARE(m_session->one<Maybe>(echoBigint, db::bind(":x", Maybe())), Maybe());
    QCOMPARE(m_session->one<Maybe>(echoBigint, db::bind(":x", UserId(1))), Maybe(UserId(1)));
    QCOMPARE(m_session->one<std::optional<QString>>(echoText, db::bind(":x", std::nullopt)),
             std::optional<QString>());
    QVERIFY(m_session->one<std::optional<QString>>(echoText, db::bind(":x", QString())));
}

void TestDbSession::null_read_as_a_number_is_a_fault()
{
    const auto fault
        = faultOf([&] { m_session->one<qint64>(echoBigint, db::bind(":x", std::nullopt)); });
    QVERIFY(fault && fault->kind() == DbFault::Kind::Misuse);
    QCOMPARE(fault->what(),
             "test.echo_bigint: column int8 is NULL, and is read as a type that cannot be");
}

void TestDbSession::arrays_come_back()
{
    const std::vector<UserId> ids{UserId(3), UserId(1), UserId(2)};
    QCOMPARE(m_session->one<std::vector<UserId>>(echoBigints, db::bind(":x", ids)), ids);
    QVERIFY(m_session->one<std::vector<UserId>>(echoBigints, db::bind(":x", std::vector<UserId>()))
                .empty());
    const std::vector<std::optional<qint64>> gaps{1, std::nullopt, -3};
    QCOMPARE(m_session->one<std::vector<std::optional<qint64>>>(echoBigints, db::bind(":x", gaps)),
             gaps);
    const QStringList words{u""_s,           u"NULL"_s,        u"a,b"_s, u"{}"_s,
                            u"\"q\""_s,      u"back\\slash"_s, u" "_s,   u"日本🎲"_s,
                            u"line\nline"_s, u"it's"_s};
    QCOMPARE(m_session->one<QStringList>(echoTexts, db::bind(":x", words)), words);
}

void TestDbSession::structs_pairs_and_tuples_are_read_in_order()
{
    const auto pair = m_session->one<Pair>(two, db::bind(":x", 7), db::bind(":y", u"seven"_s));
    QCOMPARE(pair.number, 7);
    QCOMPARE(pair.text, u"seven"_s);
    // In another order than the statement's.
    const auto [number, text] = m_session->one<std::pair<int, QByteArray>>(
        two, db::bind(":y", "eight"), db::bind(":x", 8));
    QCOMPARE(number, 8);
    QCOMPARE(text, "eight");
    using Both = std::tuple<std::pair<int, QString>, std::optional<bool>>;
    const Query nested{"test.nested", "SELECT 1, 'x', true", {}, true};
    QVERIFY(m_session->one<Both>(nested) == Both({1, u"x"_s}, true));
}

void TestDbSession::a_left_join_can_be_looked_at_first()
{
    const Query joined{"test.joined", "SELECT NULL::int, NULL::text, 5", {}, true};
    const db::ResultSet result = m_session->run(joined, {});
    db::Row row(result, 0);
    QVERIFY(row.nextIsNull());
    row.skip(2);
    QVERIFY(!row.nextIsNull());
    QCOMPARE(row.take<int>(), 5);
    QCOMPARE(row.remaining(), 0);
}

void TestDbSession::unread_and_missing_columns_are_faults()
{
    const auto unread
        = faultOf([&] { m_session->one<int>(two, db::bind(":x", 1), db::bind(":y", "a")); });
    QVERIFY(unread);
    QCOMPARE(unread->what(), "test.two: 1 columns of the row are not read");
    const auto missing = faultOf([&] { m_session->list<Pair>(count, db::bind(":x", 1)); });
    QVERIFY(missing);
    QCOMPARE(missing->what(), "test.count: more columns are read than the statement returns (1)");
    const auto wrong = faultOf([&] { m_session->one<int>(echoText, db::bind(":x", "12a")); });
    QVERIFY(wrong);
    QCOMPARE(wrong->what(), "test.echo_text: column text does not hold the type it is read as");
}

void TestDbSession::maybe_and_one_mind_the_number_of_rows()
{
    QCOMPARE(m_session->maybe<int>(count, db::bind(":x", 0)), std::nullopt);
    QCOMPARE(m_session->maybe<int>(count, db::bind(":x", 1)), 1);
    QCOMPARE(m_session->list<int>(count, db::bind(":x", 3)), (std::vector{1, 2, 3}));
    QVERIFY(m_session->list<int>(count, db::bind(":x", 0)).empty());
    QVERIFY(faultOf([&] { m_session->maybe<int>(count, db::bind(":x", 2)); }));
    const auto none = faultOf([&] { m_session->one<int>(count, db::bind(":x", 0)); });
    QVERIFY(none && none->kind() == DbFault::Kind::Misuse);
    QCOMPARE(none->what(), "test.count: one row is wanted, there are 0");
}

void TestDbSession::exec_counts_affected_rows()
{
    QCOMPARE(m_session->exec(insertPair, db::bind(":x", 1), db::bind(":y", "a")), 1);
    QCOMPARE(m_session->exec(insertPair, db::bind(":x", 2), db::bind(":y", std::nullopt)), 1);
    QCOMPARE(m_session->exec(deletePairs), 2);
    QCOMPARE(m_session->exec(deletePairs), 0);
}

void TestDbSession::a_value_is_never_sql()
{
    const QString attack = u"'); DROP TABLE pairs; --"_s;
    m_session->exec(insertPair, db::bind(":x", 1), db::bind(":y", attack));
    QCOMPARE(m_session->one<qint64>(countPairs), 1);
    m_session->exec(deletePairs);
}

void TestDbSession::binding_mistakes_have_sentences()
{
    const auto sentence = [](const std::optional<DbFault> &fault) {
        return fault && fault->kind() == DbFault::Kind::Misuse ? QByteArray(fault->what())
                                                               : QByteArray("no such fault");
    };
    QCOMPARE(sentence(faultOf([&] { m_session->exec(insertPair, db::bind(":x", 1)); })),
             "test.insert_pair: no value is bound for :y");
    QCOMPARE(sentence(faultOf([&] {
                 m_session->exec(insertPair, db::bind(":x", 1), db::bind(":y", "a"),
                                 db::bind(":z", 3));
             })),
             "test.insert_pair: there is no parameter :z");
    QCOMPARE(sentence(faultOf([&] {
                 m_session->exec(insertPair, db::bind(":x", 1), db::bind(":x", 1),
                                 db::bind(":y", "a"));
             })),
             "test.insert_pair: a parameter is bound twice");
    QCOMPARE(m_session->one<qint64>(countPairs), 0);
}

void TestDbSession::violations_name_their_constraint()
{
    m_session->exec(insertPair, db::bind(":x", 1), db::bind(":y", "secret words"));
    const auto twice = faultOf(
        [&] { m_session->exec(insertPair, db::bind(":x", 1), db::bind(":y", "secret words")); });
    QVERIFY(twice);
    QVERIFY(twice->isUniqueViolation("pairs_x_key"));
    QVERIFY(!twice->isUniqueViolation("another_key"));
    QVERIFY(!twice->isForeignKeyViolation("pairs_x_key"));
    QVERIFY(!twice->isUnavailable());
    QVERIFY(!twice->isWorthRetrying());
    QCOMPARE(twice->queryName(), "test.insert_pair");
    const auto empty
        = faultOf([&] { m_session->exec(insertPair, db::bind(":x", 2), db::bind(":y", "")); });
    QVERIFY(empty);
    QCOMPARE(empty->sqlState(), "23514");
    QCOMPARE(empty->constraint(), "pairs_y_check");
    m_session->exec(deletePairs);
}

void TestDbSession::a_data_exception_does_not_quote_the_value()
{
    const auto fault
        = faultOf([&] { m_session->one<qint64>(echoBigint, db::bind(":x", "my password")); });
    QVERIFY(fault);
    QCOMPARE(fault->sqlState(), "22P02");
    QVERIFY2(!QByteArray(fault->what()).contains("password"), fault->what());
}

void TestDbSession::timeouts_are_faults_and_the_session_goes_on()
{
    auto impatient = m_database->parameters();
    impatient.statementTimeout = std::chrono::milliseconds(50);
    db::Session session(impatient);
    const auto fault = faultOf([&] { session.exec(waitFor, db::bind(":x", 30.0)); });
    QVERIFY(fault && fault->kind() == DbFault::Kind::TimedOut);
    QCOMPARE(fault->sqlState(), "57014");
    QVERIFY(fault->isUnavailable());
    QCOMPARE(session.one<int>(count, db::bind(":x", 1)), 1);
}

void TestDbSession::a_frozen_server_is_given_up()
{
    auto impatient = m_database->parameters();
    impatient.statementTimeout = std::chrono::milliseconds(50);
    db::Session session(impatient);
    const pid_t pid = session.one<int>(backend);
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    // A frozen server runs no statement_timeout, so this one is ours.
    const auto fault = faultOf([&] { session.one<int>(count, db::bind(":x", 1)); });
    QCOMPARE(::kill(pid, SIGCONT), 0);
    QVERIFY(fault && fault->kind() == DbFault::Kind::TimedOut);
    QVERIFY(fault->sqlState().empty());
    // A late answer must not be taken for the next statement's: there is a new connection.
    QVERIFY(session.one<int>(backend) != pid);
}

void TestDbSession::a_read_survives_the_loss_of_its_connection()
{
    db::Session session(m_database->parameters());
    QCOMPARE(session.one<int>(count, db::bind(":x", 1)), 1);
    const int before = session.one<int>(backend);
    kill(session);
    QCOMPARE(session.one<int>(count, db::bind(":x", 1)), 1); // prepared again, too
    QVERIFY(session.one<int>(backend) != before);
}

void TestDbSession::a_write_does_not_run_twice()
{
    db::Session session(m_database->parameters());
    kill(session);
    const auto fault
        = faultOf([&] { session.exec(insertPair, db::bind(":x", 1), db::bind(":y", "a")); });
    QVERIFY(fault && fault->kind() == DbFault::Kind::ConnectionLost);
    QVERIFY(fault->isUnavailable());
    QCOMPARE(m_session->one<qint64>(countPairs), 0);
    // The next one gets a new connection.
    QCOMPARE(session.exec(insertPair, db::bind(":x", 1), db::bind(":y", "a")), 1);
    QCOMPARE(m_session->exec(deletePairs), 1);
}

void TestDbSession::prepared_queries_are_on_record()
{
    const Query fresh{"test.recorded", "SELECT 1", {}, true};
    QVERIFY(!db::QueryRecord::names().contains("test.recorded"));
    m_session->one<int>(fresh);
    QVERIFY(db::QueryRecord::names().contains("test.recorded"));
}

void TestDbSession::a_server_that_is_not_there_is_unavailable()
{
    auto nowhere = m_database->parameters();
    nowhere.host = u"/nonexistent"_s;
    db::Session session(nowhere);
    const auto fault = faultOf([&] { session.one<int>(backend); });
    QVERIFY(fault && fault->kind() == DbFault::Kind::ConnectionLost);
    QVERIFY(fault->isUnavailable());
}

QTEST_GUILESS_MAIN(TestDbSession)
#include "tst_db_session.moc"
