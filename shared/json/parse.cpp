// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/parse.h"

#include <optional>

namespace guildhall::json {

namespace {

/// The value of the four hex digits at `at`; nullopt when they are not.
std::optional<unsigned> hex4(QByteArrayView text, qsizetype at)
{
    if (at + 4 > text.size())
        return std::nullopt;
    unsigned value = 0;
    for (qsizetype i = at; i < at + 4; ++i) {
        const char c = text[i];
        const int digit = c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'             ? c - 'a' + 10
            : c >= 'A' && c <= 'F'             ? c - 'A' + 10
                                               : -1;
        if (digit < 0)
            return std::nullopt;
        value = value * 16 + unsigned(digit);
    }
    return value;
}

bool isHigh(unsigned unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}
bool isLow(unsigned unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// What one pass over the text finds before the parser sees it.
struct Scan {
    bool tooDeep = false;
    bool hasNul = false; ///< outside of texts; the parser would take it for the end
    std::vector<qsizetype> loneSurrogates; ///< where their four digits start
};

/// Steps over the string whose opening quote is at `i`; returns the index of its closing quote.
qsizetype scanString(QByteArrayView text, qsizetype i, Scan &scan)
{
    for (++i; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] != '\\')
            continue;
        ++i;
        if (i >= text.size() || text[i] != 'u')
            continue;
        const auto unit = hex4(text, i + 1);
        if (!unit)
            continue; // the parser will refuse it
        const qsizetype next = i + 5;
        const bool escapeFollows
            = next + 1 < text.size() && text[next] == '\\' && text[next + 1] == 'u';
        if (isHigh(*unit)) {
            const auto second = escapeFollows ? hex4(text, next + 2) : std::nullopt;
            if (second && isLow(*second)) {
                i = next + 5;
                continue;
            }
        }
        if (isHigh(*unit) || isLow(*unit))
            scan.loneSurrogates.push_back(i + 1);
        i += 4;
    }
    return i;
}

Scan scanText(QByteArrayView text)
{
    Scan scan;
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        switch (text[i]) {
        case '"':
            i = scanString(text, i, scan);
            break;
        case '{':
        case '[':
            if (++depth > maxDepth) {
                scan.tooDeep = true;
                return scan;
            }
            break;
        case '}':
        case ']':
            --depth;
            break;
        case '\0':
            scan.hasNul = true;
            return scan;
        default:
            break;
        }
    }
    return scan;
}

} // namespace

Result<Document> parse(QByteArrayView text)
{
    const Scan scan = scanText(text);
    if (scan.tooDeep || scan.hasNul)
        return refuse(ErrorCode::InvalidJson);
    QByteArray repaired;
    if (!scan.loneSurrogates.empty()) {
        repaired = text.toByteArray();
        for (const qsizetype at : scan.loneSurrogates)
            repaired.replace(at, 4, "FFFD");
        text = repaired;
    }
    Document document;
    document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag
                   | rapidjson::kParseFullPrecisionFlag>(text.data(), size_t(text.size()));
    if (document.HasParseError())
        return refuse(ErrorCode::InvalidJson);
    return document;
}

const Value *member(const Value &object, std::string_view name)
{
    for (auto it = object.MemberEnd(); it != object.MemberBegin();) {
        --it;
        if (std::string_view(it->name.GetString(), it->name.GetStringLength()) == name)
            return &it->value;
    }
    return nullptr;
}

} // namespace guildhall::json
