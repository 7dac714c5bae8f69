// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/parse.h"

#include <cstring>
#include <optional>
#include <utility>

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

/// The one pass over a text before the parser sees it: refuses what the parser would take too much
/// memory for, and repairs what it would refuse.
class Scan {
public:
    Scan(QByteArray &text, size_t mostValues)
        : m_text(text.data(), text.size())
        , m_bytes(text.data())
        , m_valuesLeft(mostValues)
    { }

    /// @return whether the parser may see it
    bool run()
    {
        for (qsizetype i = 0; i < m_text.size(); ++i) {
            if (m_text[i] == '"')
                i = skipString(i);
            else if (!allows(m_text[i]))
                return false;
        }
        return true;
    }

private:
    bool allows(char byte)
    {
        switch (byte) {
        case '{':
        case '[':
            return ++m_depth <= maxDepth && takeValue();
        case ',':
            return takeValue();
        case '}':
        case ']':
            --m_depth;
            return true;
        case '\0': // the parser would take it for the end
            return false;
        default:
            return true;
        }
    }

    /// Every value but the outermost one stands behind one of the bytes that are counted.
    bool takeValue() { return m_valuesLeft-- > 0; }

    /// Steps over the string whose opening quote is at `i`. @return where its closing quote is
    qsizetype skipString(qsizetype i)
    {
        for (++i; i < m_text.size() && m_text[i] != '"'; ++i) {
            if (m_text[i] == '\\' && ++i < m_text.size() && m_text[i] == 'u')
                i = skipUnicodeEscape(i);
        }
        return i;
    }

    /// Steps over the escape whose `u` is at `i`, and over the second half of a pair; one without
    /// the other becomes U+FFFD. @return where the last byte of it is
    qsizetype skipUnicodeEscape(qsizetype i)
    {
        const auto unit = hex4(m_text, i + 1);
        if (!unit)
            return i; // the parser will refuse it
        const qsizetype next = i + 5;
        const bool escapeFollows
            = next + 1 < m_text.size() && m_text[next] == '\\' && m_text[next + 1] == 'u';
        if (isHigh(*unit) && escapeFollows) {
            const auto second = hex4(m_text, next + 2);
            if (second && isLow(*second))
                return next + 5;
        }
        if (isHigh(*unit) || isLow(*unit))
            std::memcpy(m_bytes + i + 1, "FFFD", 4);
        return i + 4;
    }

    const QByteArrayView m_text;
    char *const m_bytes; ///< the same
    size_t m_valuesLeft;
    int m_depth = 0;
};

} // namespace

bool Document::read(QByteArray text, size_t mostValues)
{
    m_text = std::move(text);
    if (!Scan(m_text, mostValues).run())
        return false;
    const qsizetype start = m_text.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    ParseInsitu<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag
                | rapidjson::kParseFullPrecisionFlag>(m_text.data() + start);
    return !HasParseError();
}

Result<Document> parse(QByteArrayView text, size_t mostValues)
{
    Document document;
    if (!document.read(text.toByteArray(), mostValues))
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
