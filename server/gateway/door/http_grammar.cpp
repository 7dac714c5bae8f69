// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/http_grammar.h"

#include "server/gateway/door/http_framing.h"

#include <algorithm>
#include <array>

namespace guildhall::http {

namespace {

constexpr char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? char(byte + ('a' - 'A')) : byte;
}

} // namespace

bool sameName(std::string_view left, std::string_view right)
{
    return left.size() == right.size()
        && std::equal(left.begin(), left.end(), right.begin(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

namespace grammar {

namespace {

constexpr uint64_t largestLength = 0x7fff'ffff'ffff'ffffU;

constexpr bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

constexpr bool isAlphanumeric(char byte)
{
    return isDigit(byte) || (lower(byte) >= 'a' && lower(byte) <= 'z');
}

enum Class : uint8_t { Token = 1, FieldValue = 2, Target = 4, HostName = 8 };

constexpr std::array<uint8_t, 256> classify()
{
    std::array<uint8_t, 256> classes{};
    for (int code = 0; code < 256; ++code) {
        const char byte = char(code);
        uint8_t &all = classes[size_t(code)];
        const bool visible = code > 0x20 && code < 0x7f;
        if (isAlphanumeric(byte)
            || std::string_view("!#$%&'*+-.^_`|~").find(byte) != std::string_view::npos)
            all |= Token;
        if (visible || code == ' ' || code == '\t' || code >= 0x80)
            all |= FieldValue;
        if (visible && byte != '#')
            all |= Target;
        if (isAlphanumeric(byte) || byte == '.' || byte == '-' || byte == '_' || byte == '~')
            all |= HostName;
    }
    return classes;
}

constexpr std::array<uint8_t, 256> classes = classify();

bool allOf(std::string_view text, Class wanted)
{
    return std::all_of(text.begin(), text.end(),
                       [wanted](char byte) { return classes[uint8_t(byte)] & wanted; });
}

bool hasSoundEscapes(std::string_view path)
{
    for (size_t at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1)) {
        if (at + 2 >= path.size() || hexDigit(path[at + 1]) < 0 || hexDigit(path[at + 2]) < 0)
            return false;
    }
    return true;
}

bool isPort(std::string_view text)
{
    return text.size() <= 5 && std::all_of(text.begin(), text.end(), isDigit);
}

bool isAddressLiteral(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char byte) {
        return hexDigit(byte) >= 0 || byte == ':' || byte == '.';
    });
}

} // namespace

bool isToken(std::string_view text)
{
    return !text.empty() && allOf(text, Token);
}

bool isFieldValue(std::string_view text)
{
    return allOf(text, FieldValue);
}

bool isTarget(std::string_view text)
{
    if (text.empty() || text.front() != '/' || text.substr(0, 2) == "//")
        return false;
    return allOf(text, Target) && hasSoundEscapes(text.substr(0, text.find('?')));
}

bool isVersion(std::string_view text)
{
    return text.size() == 8 && text.substr(0, 5) == "HTTP/" && isDigit(text[5]) && text[6] == '.'
        && isDigit(text[7]);
}

bool isHost(std::string_view text)
{
    if (!text.empty() && text.front() == '[') {
        const size_t close = text.find(']');
        if (close == std::string_view::npos || !isAddressLiteral(text.substr(1, close - 1)))
            return false;
        const std::string_view rest = text.substr(close + 1);
        return rest.empty() || (rest.front() == ':' && isPort(rest.substr(1)));
    }
    const size_t colon = std::min(text.find(':'), text.size());
    const std::string_view name = text.substr(0, colon);
    return !name.empty() && allOf(name, HostName)
        && (colon == text.size() || isPort(text.substr(colon + 1)));
}

std::optional<uint64_t> decimal(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    uint64_t value = 0;
    for (const char byte : text) {
        if (!isDigit(byte))
            return std::nullopt;
        const auto digit = uint64_t(byte - '0');
        if (value > (largestLength - digit) / 10)
            return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

int hexDigit(char byte)
{
    if (isDigit(byte))
        return byte - '0';
    const char letter = lower(byte);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

std::string_view trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return text.substr(text.size());
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace grammar

} // namespace guildhall::http
