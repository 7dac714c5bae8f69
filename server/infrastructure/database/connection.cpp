// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/connection.h"

#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/logging/categories.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <limits>

namespace guildhall::db {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

/// How much longer than the server we wait for its own timeout to strike.
constexpr auto grace = 250ms;
/// After this the server takes the locks of a transaction away from a client that was frozen in it.
constexpr std::chrono::milliseconds abandoned = 60s;

constexpr int textResults = 0;

QString uniqueConnectionName()
{
    static std::atomic<quint64> counter{0};
    return u"guildhall-%1"_qs.arg(++counter);
}

std::string_view errorField(const pg_result *result, int field)
{
    const char *text = PQresultErrorField(result, field);
    return text ? std::string_view(text) : std::string_view();
}

bool meansLost(std::string_view sqlState)
{
    return sqlState.starts_with("08") || sqlState == "25P03" || sqlState == "57P01"
        || sqlState == "57P02" || sqlState == "57P03" || sqlState == "57P05";
}

/// 57014: statement_timeout or a cancel; 55P03: lock_timeout.
bool meansTimeout(std::string_view sqlState)
{
    return sqlState == "57014" || sqlState == "55P03";
}

/// Without this libpq writes them to stderr.
void logNotice(void *, const char *text)
{
    qCDebug(lcDb) << QByteArray(text).trimmed().constData();
}

/// Data exceptions quote the value they dislike, which may be what a user wrote.
std::string withoutQuotedValues(std::string_view message)
{
    std::string kept;
    bool inside = false;
    for (const char c : message) {
        if (c == '"') {
            kept.append(inside ? "\"" : "\"…");
            inside = !inside;
        } else if (!inside) {
            kept.push_back(c);
        }
    }
    return kept;
}

} // namespace

Connection::Connection(ConnectionParameters parameters)
    : m_parameters(std::move(parameters))
    , m_database(QSqlDatabase::addDatabase(u"QPSQL"_qs, uniqueConnectionName()))
{
    if (m_parameters.statementTimeout > 0ms)
        m_patience = m_parameters.statementTimeout + grace;
    m_database.setHostName(m_parameters.host);
    m_database.setPort(m_parameters.port);
    m_database.setUserName(m_parameters.user);
    m_database.setPassword(m_parameters.password.reveal());
    m_database.setDatabaseName(m_parameters.database);
    m_database.setConnectOptions(options());
}

Connection::~Connection()
{
    const QString name = m_database.connectionName();
    close();
    m_database = QSqlDatabase(); // removeDatabase warns while a copy is alive
    QSqlDatabase::removeDatabase(name);
}

QString Connection::options() const
{
    const auto quoted = [](QString value) {
        value.replace(u'\\', u"\\\\"_qs).replace(u'\'', u"\\'"_qs);
        return u'\'' + value + u'\'';
    };
    // Timeouts go with the start-up packet: no statement can run before they hold.
    QStringList parts{
        u"connect_timeout=%1"_qs.arg(m_parameters.connectTimeout.count()),
        u"options="_qs
            + quoted(u"-c statement_timeout=%1 -c lock_timeout=%2"
                     " -c idle_in_transaction_session_timeout=%3"_qs
                         .arg(m_parameters.statementTimeout.count())
                         .arg(m_parameters.lockTimeout.count())
                         .arg(abandoned.count())),
        u"keepalives_idle=30"_qs,
    };
    if (!m_parameters.applicationName.isEmpty())
        parts.append(u"application_name="_qs + quoted(m_parameters.applicationName));
    if (!m_parameters.sslMode.isEmpty())
        parts.append(u"sslmode="_qs + quoted(m_parameters.sslMode));
    return parts.join(u';');
}

void Connection::open(const char *queryName)
{
    if (!m_database.open()) {
        throw DbFault(DbFault::Kind::ConnectionLost, queryName,
                      "cannot connect to PostgreSQL: "
                          + m_database.lastError().databaseText().trimmed().toStdString());
    }
    const QVariant handle = m_database.driver()->handle();
    m_handle = *static_cast<PGconn *const *>(handle.constData());
    // Non-blocking, so that a large statement cannot wait for ever on a frozen server either.
    PQsetnonblocking(m_handle, 1);
    PQsetNoticeProcessor(m_handle, logNotice, nullptr);
    ++m_generation;
}

void Connection::close()
{
    m_handle = nullptr;
    m_database.close();
}

void Connection::prepare(const Query &query, const char *statement)
{
    if (!PQsendPrepare(m_handle, statement, query.text, 0, nullptr))
        failLost(query);
    awaitResult(query);
}

void Connection::send(const Query &query, const char *statement,
                      std::span<const char *const> values)
{
    if (!PQsendQueryPrepared(m_handle, statement, int(values.size()), values.data(), nullptr,
                             nullptr, textResults))
        failLost(query);
}

ResultSet Connection::runPrepared(const Query &query, const char *statement,
                                  std::span<const char *const> values)
{
    send(query, statement, values);
    return awaitResult(query);
}

ResultSet Connection::beginAndRunPrepared(const Query &begin, const Query &query,
                                          const char *statement,
                                          std::span<const char *const> values)
{
    if (!PQenterPipelineMode(m_handle)
        || !PQsendQueryParams(m_handle, begin.text, 0, nullptr, nullptr, nullptr, nullptr,
                              textResults))
        failLost(begin);
    send(query, statement, values);
    if (!PQpipelineSync(m_handle))
        failLost(query);
    return awaitResult(query, Until::PipelineSync);
}

ResultSet Connection::runPlain(const Query &query)
{
    if (!PQsendQuery(m_handle, query.text))
        failLost(query);
    return awaitResult(query);
}

/// Reads everything the server has to say to what was sent. The first error wins; of several
/// results the last one is returned.
ResultSet Connection::awaitResult(const Query &query, Until until)
{
    const auto deadline = m_patience ? Clock::now() + *m_patience : Clock::time_point::max();
    flush(query, deadline);
    std::optional<ResultSet> last;
    std::optional<ResultSet> error;
    pg_result *errorResult = nullptr;
    for (;;) {
        if (PQisBusy(m_handle))
            awaitInput(query, deadline);
        pg_result *result = PQgetResult(m_handle);
        if (!result) {
            // In a pipeline it only parts one statement's results from the next one's.
            if (until == Until::LastResult || PQstatus(m_handle) == CONNECTION_BAD)
                break;
            continue;
        }
        const ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_PIPELINE_SYNC) {
            PQclear(result);
            PQexitPipelineMode(m_handle);
            break;
        }
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
            || status == PGRES_EMPTY_QUERY) {
            last.emplace(query, result);
        } else {
            ResultSet owned(query, result);
            if (!errorResult) {
                errorResult = result;
                error.emplace(std::move(owned));
            }
            // After a lost connection libpq would hand out errors for ever.
            if (PQstatus(m_handle) == CONNECTION_BAD)
                break;
        }
    }
    if (errorResult)
        failStatement(query, errorResult);
    if (!last)
        failLost(query);
    return std::move(*last);
}

void Connection::flush(const Query &query, Clock::time_point deadline)
{
    for (;;) {
        // On failure the reason may be waiting in the input: a FATAL message sent before the end.
        if (PQflush(m_handle) <= 0)
            return;
        awaitSocket(query, POLLIN | POLLOUT, deadline);
        // A server that cannot send stops reading: take what it has to say, or both wait for ever.
        if (!PQconsumeInput(m_handle))
            return;
    }
}

void Connection::awaitInput(const Query &query, Clock::time_point deadline)
{
    while (PQisBusy(m_handle)) {
        awaitSocket(query, POLLIN, deadline);
        if (!PQconsumeInput(m_handle))
            return; // PQgetResult reports it
    }
}

void Connection::awaitSocket(const Query &query, short events, Clock::time_point deadline)
{
    for (;;) {
        int timeoutMs = -1;
        if (deadline != Clock::time_point::max()) {
            const auto left
                = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
            timeoutMs = int(std::clamp<qint64>(left, 0, std::numeric_limits<int>::max()));
        }
        pollfd waiting{PQsocket(m_handle), events, 0};
        const int ready = ::poll(&waiting, 1, timeoutMs);
        if (ready > 0)
            return;
        if (ready == 0) {
            close(); // whatever comes later would be taken for the next statement's answer
            throw DbFault(DbFault::Kind::TimedOut, query.name, "PostgreSQL does not answer");
        }
        if (errno != EINTR)
            failLost(query);
    }
}

Connection::TransactionState Connection::transactionState() const
{
    switch (PQtransactionStatus(m_handle)) {
    case PQTRANS_IDLE:
        return TransactionState::None;
    case PQTRANS_INERROR:
        return TransactionState::Failed;
    default:
        return TransactionState::Open;
    }
}

void Connection::failLost(const Query &query)
{
    const std::string why = QByteArray(PQerrorMessage(m_handle)).trimmed().toStdString();
    close();
    throw DbFault(DbFault::Kind::ConnectionLost, query.name, "connection lost: " + why);
}

void Connection::failStatement(const Query &query, const pg_result *result)
{
    const std::string_view state = errorField(result, PG_DIAG_SQLSTATE);
    if (state.empty() && PQstatus(m_handle) == CONNECTION_BAD)
        failLost(query);
    std::string message(errorField(result, PG_DIAG_MESSAGE_PRIMARY));
    if (message.empty()) // an error of libpq itself has no fields
        message = QByteArray(PQresultErrorMessage(result)).trimmed().toStdString();
    if (state.starts_with("22"))
        message = withoutQuotedValues(message);
    auto kind = DbFault::Kind::Statement;
    if (meansLost(state)) {
        kind = DbFault::Kind::ConnectionLost;
        close();
    } else if (meansTimeout(state)) {
        kind = DbFault::Kind::TimedOut;
    }
    throw DbFault(kind, query.name, message, state, errorField(result, PG_DIAG_CONSTRAINT_NAME));
}

} // namespace guildhall::db
