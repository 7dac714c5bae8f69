// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>
#include <string_view>

namespace guildhall::json {

/// Writes JSON straight to UTF-8, compact. Keys are constants of ours and are written as they are;
/// a library's writer would look at each of their characters again for every object of a page.
class Writer {
public:
    Writer() = default;
    Q_DISABLE_COPY_MOVE(Writer)

    void beginObject() { open('{'); }
    void endObject() { close('}'); }
    void beginArray() { open('['); }
    void endArray() { close(']'); }
    /// @param name  holds nothing that JSON would escape
    void key(std::string_view name)
    {
        char *at = room(name.size() + 4);
        at = separate(at);
        *at++ = '"';
        std::memcpy(at, name.data(), name.size());
        at += name.size();
        *at++ = '"';
        *at++ = ':';
        m_end = at;
        m_needsComma = false;
    }
    /// A key that came from somebody else.
    void foreignKey(QByteArrayView utf8)
    {
        value(utf8);
        *room(1) = ':';
        ++m_end;
        m_needsComma = false;
    }
    void null() { raw("null"); }
    void value(bool b) { raw(b ? QByteArrayView("true") : QByteArrayView("false")); }
    void value(qint64 number)
    {
        char *at = separate(room(maxDigits + 1));
        m_end = std::to_chars(at, at + maxDigits, number).ptr;
    }
    /// Null for what JSON cannot say: not a number, without end.
    void value(double number);
    void value(QByteArrayView utf8);
    void value(const QString &text) { value(QByteArrayView(text.toUtf8())); }
    /// A number as a decimal string, as ids and permissions are sent.
    void numberAsString(quint64 number)
    {
        char *at = separate(room(maxDigits + 3));
        *at++ = '"';
        at = std::to_chars(at, at + maxDigits, number).ptr;
        *at++ = '"';
        m_end = at;
    }
    /// JSON that is already encoded.
    void raw(QByteArrayView encoded)
    {
        char *at = separate(room(size_t(encoded.size()) + 1));
        m_end = std::copy(encoded.begin(), encoded.end(), at);
    }

    QByteArray take() const { return QByteArray(m_start.get(), m_end - m_start.get()); }

private:
    static constexpr size_t firstCapacity = 1024;
    static constexpr size_t maxDigits = 20; ///< of a 64-bit number, its sign included

    /// Where to write next; there is room for `size` bytes.
    char *room(size_t size)
    {
        if (size_t(m_limit - m_end) < size)
            grow(size);
        return m_end;
    }
    void grow(size_t size);
    char *separate(char *at)
    {
        if (m_needsComma)
            *at++ = ',';
        m_needsComma = true;
        return at;
    }
    void open(char bracket)
    {
        char *at = separate(room(2));
        *at++ = bracket;
        m_end = at;
        m_needsComma = false;
    }
    void close(char bracket)
    {
        *room(1) = bracket;
        ++m_end;
        m_needsComma = true;
    }

    // Bytes and two pointers: a container's append would check and count at each of the many small
    // pieces.
    std::unique_ptr<char[]> m_start;
    char *m_end = nullptr;
    char *m_limit = nullptr;
    bool m_needsComma = false;
};

} // namespace guildhall::json
