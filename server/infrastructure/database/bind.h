// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/column_types.h"

#include <array>
#include <charconv>
#include <ranges>
#include <span>
#include <string_view>

namespace guildhall::db {

/// A value for one placeholder, as PostgreSQL text. Lives only in the call it is written in:
/// the name is not copied.
class Bind {
public:
    static Bind null(std::string_view name) { return Bind(name); }
    template <typename Number>
    static Bind number(std::string_view name, Number value)
    {
        Bind bind(name);
        *std::to_chars(bind.m_digits.data(), bind.m_digits.data() + digitsSize, value).ptr = '\0';
        bind.m_state = State::Digits;
        return bind;
    }
    /// @param utf8  U+0000 is removed: PostgreSQL cannot store it
    static Bind text(std::string_view name, QByteArray utf8);

    std::string_view name() const { return m_name; }
    /// Ends with a NUL; nullptr is NULL.
    const char *value() const
    {
        switch (m_state) {
        case State::Null:
            return nullptr;
        case State::Digits:
            return m_digits.data();
        case State::Text:
            break;
        }
        return m_text.constData();
    }

private:
    enum class State : char { Null, Digits, Text };
    /// Room for the longest double that std::to_chars writes, and a NUL.
    static constexpr size_t digitsSize = 31;

    explicit Bind(std::string_view name)
        : m_name(name)
    { }

    std::string_view m_name;
    QByteArray m_text;
    State m_state = State::Null;
    std::array<char, digitsSize + 1> m_digits;
};

namespace detail {

inline QByteArray utf8Of(const QString &text)
{
    return text.toUtf8();
}
inline QByteArray utf8Of(QStringView text)
{
    return text.toUtf8();
}
inline QByteArray utf8Of(const QByteArray &text)
{
    return text;
}
inline QByteArray utf8Of(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

template <typename T>
concept TextValue = std::convertible_to<const T &, QStringView> || std::convertible_to<
    const T &, std::string_view> || std::same_as<T, QByteArray>;

template <typename T>
decltype(auto) asText(const T &value)
{
    if constexpr (std::same_as<T, QString> || std::same_as<T, QByteArray>)
        return utf8Of(value);
    else if constexpr (std::convertible_to<const T &, QStringView>)
        return utf8Of(QStringView(value));
    else
        return utf8Of(std::string_view(value));
}

/// Appends `text` in double quotes, as an element of an array literal.
void appendQuoted(QByteArray &literal, const QByteArray &text);

template <typename T>
void appendElement(QByteArray &literal, const T &value)
{
    if constexpr (isOptional<T>) {
        if (value)
            appendElement(literal, *value);
        else
            literal.append("NULL");
    } else if constexpr (std::same_as<T, bool>) {
        literal.append(value ? 't' : 'f');
    } else if constexpr (NumberColumn<T>) {
        char digits[32];
        const auto end = std::to_chars(digits, digits + sizeof digits, storedNumber(value)).ptr;
        literal.append(digits, end - digits);
    } else {
        static_assert(TextValue<T>, "this type cannot be an element of a bound array");
        appendQuoted(literal, asText(value));
    }
}

/// `{1,2,NULL}`: one parameter instead of a list of them.
template <typename Range>
QByteArray arrayLiteral(const Range &values)
{
    QByteArray literal("{");
    for (const auto &value : values) {
        if (literal.size() > 1)
            literal.append(',');
        appendElement(literal, value);
    }
    return literal.append('}');
}

} // namespace detail

/// `db::bind(":channel_id", channel)`; qualified, or std::bind is found for types of std. Takes
/// what one column holds (column_types.h); std::optional may be NULL; a range becomes one array, so
/// write `= ANY(:ids::bigint[])` or `unnest(:ids::bigint[])`.
template <typename T>
Bind bind(std::string_view name, const T &value)
{
    if constexpr (isOptional<T>) {
        return value ? bind(name, *value) : Bind::null(name);
    } else if constexpr (std::same_as<T, std::nullopt_t>) {
        return Bind::null(name);
    } else if constexpr (std::same_as<T, bool>) {
        return Bind::number(name, value ? 1 : 0); // '1' and '0' are booleans to PostgreSQL
    } else if constexpr (NumberColumn<T>) {
        return Bind::number(name, storedNumber(value));
    } else if constexpr (detail::TextValue<T>) {
        return Bind::text(name, detail::asText(value));
    } else {
        static_assert(std::ranges::range<const T>, "this type cannot be bound: see column_types.h");
        return Bind::text(name, detail::arrayLiteral(value));
    }
}

} // namespace guildhall::db
