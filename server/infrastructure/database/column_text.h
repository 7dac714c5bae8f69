// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/column_types.h"

#include <charconv>
#include <string_view>

/// PostgreSQL's text of one column → a value; false when the text is no T.
namespace guildhall::db {

inline bool parseColumn(std::string_view text, bool &value)
{
    value = text == "t";
    return value || text == "f";
}

template <TextColumn T>
bool parseColumn(std::string_view text, T &value)
{
    if constexpr (std::same_as<T, QString>)
        value = QString::fromUtf8(text.data(), qsizetype(text.size()));
    else if constexpr (std::same_as<T, QByteArray>)
        value = QByteArray(text.data(), qsizetype(text.size()));
    else
        value.assign(text);
    return true;
}

template <NumberColumn T>
bool parseColumn(std::string_view text, T &value)
{
    decltype(storedNumber(value)) number{};
    const char *const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stopped != end)
        return false;
    if constexpr (std::same_as<T, Timestamp>)
        value = Timestamp{number};
    else if constexpr (std::same_as<T, Permissions>)
        value = Permissions::fromBits(number);
    else
        value = T(number);
    return true;
}

/// Walks the elements of a one-dimensional array literal, `{1,NULL,"a\"b"}`.
class ArrayReader {
public:
    explicit ArrayReader(std::string_view literal);
    /// Moves to the next element; false at the end, and when the literal is broken (see isValid).
    bool next();
    bool isValid() const { return m_valid; }
    bool isNull() const { return m_null; }
    /// Unescaped; valid until the next call of next().
    std::string_view text() const { return m_element; }

private:
    bool readQuoted();
    bool readPlain();

    std::string_view m_rest;
    std::string_view m_element;
    std::string m_unescaped;
    bool m_valid;
    bool m_null = false;
    bool m_first = true;
};

template <typename T>
requires isArray<T>
bool parseColumn(std::string_view text, T &values)
{
    using Element = typename ElementOf<T>::type;
    ArrayReader reader(text);
    while (reader.next()) {
        if constexpr (isOptional<Element>) {
            typename ElementOf<Element>::type value{};
            if (!reader.isNull() && !parseColumn(reader.text(), value))
                return false;
            values.push_back(reader.isNull() ? Element() : Element(std::move(value)));
        } else {
            Element value{};
            if (reader.isNull() || !parseColumn(reader.text(), value))
                return false;
            values.push_back(std::move(value));
        }
    }
    return reader.isValid();
}

} // namespace guildhall::db
