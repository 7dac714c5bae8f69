// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <memory>
#include <optional>
#include <string_view>

struct pg_result;

namespace guildhall::db {

struct Query;

/// The rows of one executed statement, in libpq's own memory. Values are views into it.
class ResultSet {
public:
    /// Takes ownership of `result`.
    ResultSet(const Query &query, pg_result *result);

    const Query &query() const { return *m_query; }
    int rowCount() const { return m_rows; }
    int columnCount() const { return m_columns; }
    /// Rows inserted, changed or deleted; for a SELECT the rows returned.
    qint64 affectedRows() const;

    /// nullopt is NULL. Ends with a NUL behind the view. No check of the indices.
    std::optional<std::string_view> text(int row, int column) const;
    const char *columnName(int column) const;

private:
    struct Clear {
        void operator()(pg_result *result) const;
    };

    const Query *m_query;
    std::unique_ptr<pg_result, Clear> m_result;
    int m_rows;
    int m_columns;
};

} // namespace guildhall::db
