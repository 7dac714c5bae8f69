// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/timestamp.h"
#include "shared/json/patch.h"
#include "shared/permission/permissions.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

/// What fits into one column, and what it is there. Ids, times and rights are bigint; enums their
/// number.
namespace guildhall::db {

template <typename T>
inline constexpr bool isId = false;
template <typename Tag>
inline constexpr bool isId<Id<Tag>> = true;

template <typename T>
inline constexpr bool isOptional = false;
template <typename T>
inline constexpr bool isOptional<std::optional<T>> = true;
template <typename T>
inline constexpr bool isOptional<Nullable<T>> = true;

template <typename T>
inline constexpr bool isArray = false;
template <typename T>
inline constexpr bool isArray<std::vector<T>> = true;
template <typename T>
inline constexpr bool isArray<QList<T>> = true;

template <typename T>
concept TextColumn
    = std::same_as<T, QString> || std::same_as<T, QByteArray> || std::same_as<T, std::string>;

template <typename T>
concept NumberColumn
    = !std::same_as<
          T,
          bool> && (std::integral<T> || std::floating_point<T> || std::is_enum_v<T> || isId<T> || std::same_as<T, Timestamp> || std::same_as<T, Permissions>);

template <typename T>
concept ScalarColumn = std::same_as<T, bool> || NumberColumn<T> || TextColumn<T>;

template <typename T>
struct ElementOf;
template <typename T>
struct ElementOf<std::optional<T>> {
    using type = T;
};
template <typename T>
struct ElementOf<std::vector<T>> {
    using type = T;
};
template <typename T>
struct ElementOf<QList<T>> {
    using type = T;
};

template <typename T>
inline constexpr bool isColumn = ScalarColumn<T>;
template <typename T>
inline constexpr bool isColumn<std::optional<T>> = isColumn<T>;
template <typename T>
inline constexpr bool isColumn<std::vector<T>> = isColumn<T>;
template <typename T>
inline constexpr bool isColumn<QList<T>> = isColumn<T>;

/// Any type that one column holds, NULL and arrays included.
template <typename T>
concept Column = isColumn<T>;

/// The plain number that is stored for a value.
template <NumberColumn T>
constexpr auto storedNumber(T value)
{
    if constexpr (isId<T>)
        return value.value();
    else if constexpr (std::same_as<T, Timestamp>)
        return value.ms;
    else if constexpr (std::same_as<T, Permissions>)
        return value.bits();
    else if constexpr (std::is_enum_v<T>)
        return std::underlying_type_t<T>(value);
    else
        return value;
}

} // namespace guildhall::db
