// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace guildhall::db {

/// One statement. Generated from sql/queries/*.sql as a constant; prepared statements are kept by
/// the address of `text`, so a Query made by hand needs static storage too.
struct Query {
    const char *name; ///< "message.insert_message": for logs and metrics
    const char *text; ///< with $1, $2 …
    std::span<const std::string_view> parameters = {}; ///< ":id", …; the first is $1
    bool isRead = false; ///< changes nothing, so it may be run again after a lost connection
};

/// More parameters than any statement should have; the generator refuses a query with more.
inline constexpr size_t maximumParameters = 64;

} // namespace guildhall::db
