// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/column_text.h"
#include "server/infrastructure/database/result_set.h"

#include <tuple>
#include <utility>

namespace guildhall::db {

class Row;

/// How a T is read from a row. What one column holds (column_types.h) works out of the box; for a
/// struct write beside its repository
///
///     template <> struct guildhall::db::RowReader<Message> { static Message read(Row &row); };
///
/// and take the columns in the order of the statement's select list. A reader may take other
/// structs.
template <typename T>
struct RowReader {
    static_assert(Column<T>, "specialise guildhall::db::RowReader for this type");
    static T read(Row &row);
};

/// One row, read from left to right. Lives only while its statement's result is read.
class Row {
public:
    Row(const ResultSet &result, int row)
        : m_result(result)
        , m_row(row)
    { }

    /// The next column (or, for a struct with a RowReader, its columns).
    /// @throws DbFault (Misuse) on NULL where T is not optional, on text that is no T, past the end
    template <typename T>
    T take()
    {
        if constexpr (!Column<T>)
            return RowReader<T>::read(*this);
        else if constexpr (isOptional<T>)
            return takeOptional<typename ElementOf<T>::type>();
        else
            return parse<T>(takeText());
    }

    /// The next column's text, valid while the row is; nullopt is NULL.
    std::optional<std::string_view> takeText()
    {
        if (m_column >= m_result.columnCount())
            failPastEnd();
        return m_result.text(m_row, m_column++);
    }

    /// For LEFT JOINs: look before taking, and `skip` the columns of what is not there.
    bool nextIsNull() const;
    void skip(int columns = 1) { m_column += columns; }
    int remaining() const { return m_result.columnCount() - m_column; }

private:
    template <typename T>
    std::optional<T> takeOptional()
    {
        const auto text = takeText();
        return text ? std::optional<T>(parse<T>(text)) : std::nullopt;
    }
    template <typename T>
    T parse(std::optional<std::string_view> text) const
    {
        if (!text)
            failNull();
        T value{};
        if (!parseColumn(*text, value))
            failText();
        return value;
    }
    [[noreturn]] void failNull() const;
    [[noreturn]] void failText() const;
    [[noreturn]] void failPastEnd() const;
    [[noreturn]] void fail(std::string_view why) const;

    const ResultSet &m_result;
    int m_row;
    int m_column = 0;
};

template <typename T>
T RowReader<T>::read(Row &row)
{
    return row.take<T>();
}

/// Columns side by side: `list<std::pair<UserId, QString>>(…)`.
template <typename A, typename B>
struct RowReader<std::pair<A, B>> {
    static std::pair<A, B> read(Row &row)
    {
        // Braces order the evaluation from left to right.
        return std::pair<A, B>{row.take<A>(), row.take<B>()};
    }
};
template <typename... T>
struct RowReader<std::tuple<T...>> {
    static std::tuple<T...> read(Row &row) { return std::tuple<T...>{row.take<T>()...}; }
};

} // namespace guildhall::db
