// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <rapidjson/document.h>

namespace guildhall::json {

using Value = rapidjson::Value;
using Document = rapidjson::Document;

/// Deeper bodies are refused before they are decoded. @source api.md 1.1
inline constexpr int maxDepth = 64;

/// Reads one JSON text, in linear time and without recursion. Lone surrogate escapes become U+FFFD.
/// @error InvalidJson  not JSON, not UTF-8, or nested deeper than maxDepth
Result<Document> parse(QByteArrayView text);

/// The member called `name`; of several the last one. nullptr when there is none.
const Value *member(const Value &object, std::string_view name);

} // namespace guildhall::json
