// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/bind.h"
#include "server/infrastructure/database/query.h"
#include "server/infrastructure/database/row.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace guildhall::db {

/// What a Session and a Tx have in common: running statements. A repository's reads take an
/// Executor, its writes a Tx.
///
/// All functions block up to the statement timeout and throw DbFault; every placeholder of the
/// query must be bound exactly once. A reader must take every column of the row. @thread the
/// session's
class Executor {
public:
    virtual ~Executor() = default;

    /// All rows, in order.
    template <typename T, std::same_as<Bind>... Binds>
    std::vector<T> list(const Query &query, const Binds &...binds)
    {
        const ResultSet result = runWith(query, binds...);
        std::vector<T> values;
        values.reserve(size_t(result.rowCount()));
        for (int row = 0; row < result.rowCount(); ++row)
            values.push_back(read<T>(result, row));
        return values;
    }

    /// The one row, or nothing; two rows are a fault.
    template <typename T, std::same_as<Bind>... Binds>
    std::optional<T> maybe(const Query &query, const Binds &...binds)
    {
        const ResultSet result = runWith(query, binds...);
        if (result.rowCount() == 0)
            return std::nullopt;
        requireOneRow(result);
        return read<T>(result, 0);
    }

    /// The one row; none or two are a fault.
    template <typename T, std::same_as<Bind>... Binds>
    T one(const Query &query, const Binds &...binds)
    {
        const ResultSet result = runWith(query, binds...);
        requireOneRow(result);
        return read<T>(result, 0);
    }

    /// Rows inserted, changed or deleted.
    template <std::same_as<Bind>... Binds>
    qint64 exec(const Query &query, const Binds &...binds)
    {
        return runWith(query, binds...).affectedRows();
    }

    /// For a number of placeholders that is only known at run time; `binds` may be in any order.
    virtual ResultSet run(const Query &query, std::span<const Bind *const> binds) = 0;

private:
    template <typename... Binds>
    ResultSet runWith(const Query &query, const Binds &...binds)
    {
        const std::array<const Bind *, sizeof...(Binds)> given{&binds...};
        return run(query, given);
    }
    template <typename T>
    static T read(const ResultSet &result, int row)
    {
        Row reader(result, row);
        T value = RowReader<T>::read(reader);
        if (reader.remaining() != 0)
            failUnreadColumns(result, reader.remaining());
        return value;
    }
    static void requireOneRow(const ResultSet &result);
    [[noreturn]] static void failUnreadColumns(const ResultSet &result, int unread);
};

} // namespace guildhall::db
