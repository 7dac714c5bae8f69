// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace guildhall::db {

/// One file of sql/migrations, as it was when the binary was built.
struct Migration {
    std::string_view name; ///< "0001_bookkeeping"
    std::string_view sha256; ///< of the file's bytes, hexadecimal
    const char *text;
};

} // namespace guildhall::db
