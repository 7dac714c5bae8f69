// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/json/parse.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <string_view>

/// Reading the loosely typed fields of client payloads. Null counts as absent throughout.
namespace guildhall::realtime::fields {

/// The member of object `d`; nullptr when it is absent or null.
const json::Value *present(const json::Value &d, std::string_view name);

/// A string as its UTF-8.
std::optional<QByteArray> bytes(const json::Value &d, std::string_view name);

/// An id, as decimal string or integer; exact, at most 2^63-1. @source api.md 1.2
std::optional<quint64> snowflake(const json::Value &value);

/// A boolean that may be missing. nullopt: it is something else.
std::optional<bool> flag(const json::Value &d, std::string_view name);

} // namespace guildhall::realtime::fields
