// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/writer.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace guildhall::json {

namespace {

/// For each byte: 0 when it stands for itself, the letter of its short escape, or 'u'.
constexpr std::array<char, 256> makeEscapes()
{
    std::array<char, 256> escapes{};
    for (size_t control = 0; control < 0x20; ++control)
        escapes[control] = 'u';
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
}
constexpr std::array<char, 256> escapes = makeEscapes();

/// How long `text` is at most when it is escaped: a guess where that is cheap, counted where the
/// guess would be large.
size_t mostWritten(QByteArrayView text)
{
    constexpr size_t longestEscape = 6;
    constexpr qsizetype guessed = 4096;
    if (text.size() <= guessed)
        return size_t(text.size()) * longestEscape;
    const auto escaped = std::count_if(text.begin(), text.end(), [](char c) {
        return escapes[static_cast<unsigned char>(c)] != 0;
    });
    return size_t(text.size()) + size_t(escaped) * (longestEscape - 1);
}

} // namespace

void Writer::grow(size_t size)
{
    const size_t used = size_t(m_end - m_start.get());
    const size_t capacity
        = std::max({firstCapacity, size_t(m_limit - m_start.get()) * 2, used + size});
    std::unique_ptr<char[]> larger(new char[capacity]); // not make_unique, which would zero it
    if (used > 0)
        std::memcpy(larger.get(), m_start.get(), used);
    m_start = std::move(larger);
    m_end = m_start.get() + used;
    m_limit = m_start.get() + capacity;
}

void Writer::value(QByteArrayView utf8)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    char *at = separate(room(mostWritten(utf8) + 3));
    *at++ = '"';
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        const char escape = escapes[byte];
        if (escape == 0) {
            *at++ = c;
            continue;
        }
        *at++ = '\\';
        *at++ = escape;
        if (escape == 'u') {
            *at++ = '0';
            *at++ = '0';
            *at++ = digits[byte >> 4];
            *at++ = digits[byte & 0xf];
        }
    }
    *at++ = '"';
    m_end = at;
}

void Writer::value(double number)
{
    if (!std::isfinite(number))
        return null();
    char text[32];
    const QByteArrayView written(text, std::to_chars(text, text + sizeof text, number).ptr);
    raw(written);
    if (written.contains('.') || written.contains('e'))
        return;
    // It stays a fraction, so that it is read back as one.
    std::memcpy(room(2), ".0", 2);
    m_end += 2;
}

} // namespace guildhall::json
