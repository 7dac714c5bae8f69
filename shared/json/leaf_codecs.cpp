// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/leaf_codecs.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace guildhall::json {

namespace {

std::string_view textOf(const Value &in)
{
    return {in.GetString(), in.GetStringLength()};
}

/// What a person sees of a value that does not fit, short enough for a message.
QString shown(const Value &in)
{
    if (in.IsString())
        return QString::fromUtf8(in.GetString(), qsizetype(std::min(in.GetStringLength(), 64u)));
    Writer out;
    Codec<RawJson>::write(out, [&] {
        RawJson raw;
        Decoder ignored;
        Codec<RawJson>::read(in, raw, ignored);
        return raw;
    }());
    return QString::fromUtf8(out.take().left(64));
}

/// The integer in a number, in a number with an empty fraction, or in text.
std::optional<qint64> integerOf(const Value &in)
{
    if (in.IsInt64())
        return in.GetInt64();
    if (in.IsDouble()) {
        const double number = in.GetDouble();
        if (std::trunc(number) == number && std::abs(number) < 9.0e15)
            return qint64(number);
        return std::nullopt;
    }
    if (!in.IsString())
        return std::nullopt;
    const std::string_view text = textOf(in);
    qint64 value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

/// Leaves U+0000 out of texts and keys, as reading them one by one would; PostgreSQL cannot store
/// it.
class NulDroppingWriter : public rapidjson::Writer<rapidjson::StringBuffer> {
    using Base = rapidjson::Writer<rapidjson::StringBuffer>;

public:
    using Base::Base;
    bool String(const char *text, rapidjson::SizeType length, bool copy)
    {
        return write(text, length, copy);
    }
    bool Key(const char *text, rapidjson::SizeType length, bool copy)
    {
        return write(text, length, copy);
    }

private:
    bool write(const char *text, rapidjson::SizeType length, bool copy)
    {
        if (std::memchr(text, 0, length) == nullptr)
            return Base::String(text, length, copy);
        QByteArray clean(text, qsizetype(length));
        clean.replace('\0', QByteArrayView());
        return Base::String(clean.constData(), rapidjson::SizeType(clean.size()), true);
    }
};

} // namespace

void Codec<bool>::read(const Value &in, bool &value, Decoder &decoder)
{
    if (in.IsBool()) {
        value = in.GetBool();
        return;
    }
    if (decoder.isQuery() && in.IsString()) {
        const QByteArray text
            = QByteArray(in.GetString(), qsizetype(in.GetStringLength())).toLower();
        if (text == "true" || text == "1" || text == "false" || text == "0") {
            value = text == "true" || text == "1";
            return;
        }
    }
    decoder.fail("BOOLEAN_TYPE_CONVERT", QStringLiteral("Must be either true or false."));
}

void Codec<int>::read(const Value &in, int &value, Decoder &decoder)
{
    const auto number = integerOf(in);
    if (!number || *number < std::numeric_limits<int>::min()
        || *number > std::numeric_limits<int>::max()) {
        decoder.fail("NUMBER_TYPE_COERCE",
                     QStringLiteral("Value \"%1\" is not int.").arg(shown(in)));
        return;
    }
    value = int(*number);
}

void Codec<qint64>::read(const Value &in, qint64 &value, Decoder &decoder)
{
    const auto number = integerOf(in);
    if (!number) {
        decoder.fail("NUMBER_TYPE_COERCE",
                     QStringLiteral("Value \"%1\" is not int.").arg(shown(in)));
        return;
    }
    value = *number;
}

void Codec<double>::read(const Value &in, double &value, Decoder &decoder)
{
    if (!in.IsNumber()) {
        decoder.fail("NUMBER_TYPE_COERCE",
                     QStringLiteral("Value \"%1\" is not float.").arg(shown(in)));
        return;
    }
    value = in.GetDouble();
}

void Codec<QString>::read(const Value &in, QString &value, Decoder &decoder)
{
    if (!in.IsString()) {
        decoder.fail("STRING_TYPE_CONVERT",
                     QStringLiteral("Could not interpret \"%1\" as string.").arg(shown(in)));
        return;
    }
    value = QString::fromUtf8(in.GetString(), qsizetype(in.GetStringLength()));
    value.remove(QChar(u'\0'));
}

void Codec<Timestamp>::read(const Value &in, Timestamp &value, Decoder &decoder)
{
    const auto time = in.IsString() ? Timestamp::fromIso(textOf(in)) : std::nullopt;
    if (!time) {
        decoder.fail("DATE_TIME_TYPE_PARSE",
                     QStringLiteral("Could not parse %1. Should be ISO8601.").arg(shown(in)));
        return;
    }
    value = *time;
}

void Codec<Permissions>::read(const Value &in, Permissions &value, Decoder &decoder)
{
    // All 64 bits are taken: a client may set bits that this version does not know yet.
    if (in.IsUint64()) {
        value = Permissions::fromBits(in.GetUint64());
        return;
    }
    quint64 bits = 0;
    if (in.IsString()) {
        const std::string_view text = textOf(in);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
        if (!text.empty() && error == std::errc() && end == text.data() + text.size()) {
            value = Permissions::fromBits(bits);
            return;
        }
    }
    decoder.fail("NUMBER_TYPE_COERCE", QStringLiteral("Value \"%1\" is not int.").arg(shown(in)));
}

quint64 readSnowflake(const Value &in, Decoder &decoder)
{
    if (in.IsUint64() && in.GetUint64() <= quint64(std::numeric_limits<qint64>::max()))
        return in.GetUint64();
    if (in.IsString()) {
        if (const auto id = parseSnowflake(textOf(in)))
            return *id;
    }
    decoder.fail("NUMBER_TYPE_COERCE",
                 QStringLiteral("Value \"%1\" is not snowflake.").arg(shown(in)));
    return 0;
}

void Codec<RawJson>::read(const Value &in, RawJson &value, Decoder &)
{
    rapidjson::StringBuffer buffer;
    NulDroppingWriter writer(buffer);
    in.Accept(writer);
    value.text = QByteArray(buffer.GetString(), qsizetype(buffer.GetSize()));
}

void Codec<StringOrInt>::read(const Value &in, StringOrInt &value, Decoder &decoder)
{
    if (in.IsInt64() || in.IsUint64()) {
        value.isInt = true;
        value.text
            = in.IsInt64() ? QByteArray::number(in.GetInt64()) : QByteArray::number(in.GetUint64());
        return;
    }
    if (!in.IsString()) {
        decoder.fail("STRING_TYPE_CONVERT",
                     QStringLiteral("Could not interpret \"%1\" as string.").arg(shown(in)));
        return;
    }
    value.isInt = false;
    value.text = QByteArray(in.GetString(), qsizetype(in.GetStringLength()));
    value.text.replace('\0', QByteArrayView());
}

} // namespace guildhall::json
