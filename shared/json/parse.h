// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <rapidjson/document.h>

#include <limits>

namespace guildhall::json {

using Value = rapidjson::Value;

/// A parsed text. Its strings stay in the text, which it keeps: a large one is in memory once.
class Document : public rapidjson::Document {
public:
    using rapidjson::Document::GenericDocument;

private:
    friend Result<Document> parse(QByteArrayView text, size_t mostValues);
    bool read(QByteArray text, size_t mostValues);

    QByteArray m_text;
};

/// Deeper bodies are refused before they are decoded. @source api.md 1.1
inline constexpr int maxDepth = 64;
/// So are bodies of more values than this, keys not counted: a parsed value takes many times the
/// room of its text. No request needs a tenth of it.
inline constexpr size_t maxValues = 100'000;
/// For texts of those whom we trust with our memory.
inline constexpr size_t anyNumber = std::numeric_limits<size_t>::max();

/// Reads one JSON text, in linear time and without recursion. Lone surrogate escapes become U+FFFD.
/// @error InvalidJson  not JSON, not UTF-8, nested deeper than maxDepth, or of more than
///                     `mostValues` values
Result<Document> parse(QByteArrayView text, size_t mostValues = maxValues);

/// The member called `name`; of several the last one. nullptr when there is none.
const Value *member(const Value &object, std::string_view name);

} // namespace guildhall::json
