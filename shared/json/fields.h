// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <tuple>

namespace guildhall::json {

/// One member of a struct and its name on the wire, with the rules of its value.
template <typename Owner, typename T, typename... Rules>
struct Field {
    using Value = T;
    std::string_view name;
    T Owner::*member;
    std::tuple<Rules...> rules;
};

template <typename Owner, typename T, typename... Rules>
constexpr Field<Owner, T, Rules...> field(std::string_view name, T Owner::*member, Rules... rules)
{
    return {name, member, std::tuple<Rules...>(rules...)};
}

/// The list a struct's `jsonFields()` returns. It serves writing, reading, validation and
/// documents.
template <typename... Fields>
constexpr std::tuple<Fields...> fields(Fields... list)
{
    return {list...};
}

/// The fields of a base, then more: for an object that is another one and something besides.
template <typename... Base, typename... Fields>
constexpr auto fieldsAfter(std::tuple<Base...> base, Fields... list)
{
    return std::tuple_cat(base, std::tuple<Fields...>(list...));
}

template <typename T>
concept HasFields = requires
{
    T::jsonFields();
};

} // namespace guildhall::json
