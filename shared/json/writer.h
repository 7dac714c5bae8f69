// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>

namespace guildhall::json {

/// Writes JSON straight to UTF-8, compact.
class Writer {
public:
    Writer()
        : m_writer(m_buffer)
    { }

    void beginObject() { m_writer.StartObject(); }
    void endObject() { m_writer.EndObject(); }
    void beginArray() { m_writer.StartArray(); }
    void endArray() { m_writer.EndArray(); }
    void key(std::string_view name) { m_writer.Key(name.data(), unsigned(name.size())); }
    void null() { m_writer.Null(); }
    void value(bool b) { m_writer.Bool(b); }
    void value(qint64 number) { m_writer.Int64(number); }
    void value(double number) { m_writer.Double(number); }
    void value(QByteArrayView utf8) { m_writer.String(utf8.data(), unsigned(utf8.size())); }
    void value(const QString &text) { value(QByteArrayView(text.toUtf8())); }
    /// A number as a decimal string, as ids and permissions are sent.
    void numberAsString(quint64 number)
    {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
        m_writer.String(digits, unsigned(end - digits));
    }
    /// JSON that is already encoded.
    void raw(QByteArrayView encoded)
    {
        m_writer.RawValue(encoded.data(), size_t(encoded.size()), rapidjson::kObjectType);
    }

    QByteArray take() const
    {
        return QByteArray(m_buffer.GetString(), qsizetype(m_buffer.GetSize()));
    }

private:
    rapidjson::StringBuffer m_buffer;
    rapidjson::Writer<rapidjson::StringBuffer> m_writer;
};

} // namespace guildhall::json
