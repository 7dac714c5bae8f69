// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/result_set.h"

#include <libpq-fe.h>

#include <charconv>

namespace guildhall::db {

ResultSet::ResultSet(const Query &query, pg_result *result)
    : m_query(&query)
    , m_result(result)
    , m_rows(PQntuples(result))
    , m_columns(PQnfields(result))
{ }

void ResultSet::Clear::operator()(pg_result *result) const
{
    PQclear(result);
}

qint64 ResultSet::affectedRows() const
{
    const std::string_view digits = PQcmdTuples(m_result.get());
    qint64 rows = 0; // commands without a count, such as SET, give an empty text
    std::from_chars(digits.data(), digits.data() + digits.size(), rows);
    return rows;
}

std::optional<std::string_view> ResultSet::text(int row, int column) const
{
    const pg_result *result = m_result.get();
    const int length = PQgetlength(result, row, column);
    if (length == 0 && PQgetisnull(result, row, column))
        return std::nullopt;
    return std::string_view(PQgetvalue(result, row, column), size_t(length));
}

const char *ResultSet::columnName(int column) const
{
    return PQfname(m_result.get(), column);
}

} // namespace guildhall::db
