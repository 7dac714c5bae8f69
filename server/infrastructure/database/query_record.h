// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace guildhall::db {

/// The names of the queries this process has prepared, so that a test can say which were never run.
/// @thread any
class QueryRecord {
public:
    static void add(std::string_view name);
    static std::set<std::string, std::less<>> names();
};

} // namespace guildhall::db
