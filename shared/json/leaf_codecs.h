// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/timestamp.h"
#include "shared/json/decoder.h"
#include "shared/json/raw.h"
#include "shared/json/writer.h"
#include "shared/permission/permissions.h"

namespace guildhall::json {

/// How a type is written and read; specialised per leaf type here, and in codec.h for lists,
/// optionals and structs.
template <typename T>
struct Codec;

template <>
struct Codec<bool> {
    static void write(Writer &out, bool value) { out.value(value); }
    static void read(const Value &in, bool &value, Decoder &decoder);
};

template <>
struct Codec<int> {
    static void write(Writer &out, int value) { out.value(qint64(value)); }
    static void read(const Value &in, int &value, Decoder &decoder);
};

template <>
struct Codec<qint64> {
    static void write(Writer &out, qint64 value) { out.value(value); }
    static void read(const Value &in, qint64 &value, Decoder &decoder);
};

template <>
struct Codec<double> {
    static void write(Writer &out, double value) { out.value(value); }
    static void read(const Value &in, double &value, Decoder &decoder);
};

/// Text; U+0000 is removed. @source api.md 1.1
template <>
struct Codec<QString> {
    static void write(Writer &out, const QString &value) { out.value(value); }
    static void read(const Value &in, QString &value, Decoder &decoder);
};

template <>
struct Codec<Timestamp> {
    static void write(Writer &out, Timestamp value) { out.value(QByteArrayView(value.toIso())); }
    static void read(const Value &in, Timestamp &value, Decoder &decoder);
};

/// Out: a decimal string. In: a decimal string or a number; unknown bits are dropped.
template <>
struct Codec<Permissions> {
    static void write(Writer &out, Permissions value) { out.numberAsString(value.bits()); }
    static void read(const Value &in, Permissions &value, Decoder &decoder);
};

/// A snowflake as text or number. Fails with NUMBER_TYPE_COERCE.
quint64 readSnowflake(const Value &in, Decoder &decoder);

template <typename Tag>
struct Codec<Id<Tag>> {
    static void write(Writer &out, Id<Tag> id) { out.numberAsString(id.value()); }
    static void read(const Value &in, Id<Tag> &id, Decoder &decoder)
    {
        id = Id<Tag>(readSnowflake(in, decoder));
    }
};

template <>
struct Codec<RawJson> {
    static void write(Writer &out, const RawJson &value) { out.raw(value.text); }
    static void read(const Value &in, RawJson &value, Decoder &decoder);
};

template <>
struct Codec<StringOrInt> {
    static void write(Writer &out, const StringOrInt &value)
    {
        if (value.isInt)
            out.raw(value.text);
        else
            out.value(QByteArrayView(value.text));
    }
    static void read(const Value &in, StringOrInt &value, Decoder &decoder);
};

template <>
struct Codec<EmptyList> {
    static void write(Writer &out, EmptyList)
    {
        out.beginArray();
        out.endArray();
    }
    static void read(const Value &, EmptyList &, Decoder &) { }
};

template <>
struct Codec<AlwaysNull> {
    static void write(Writer &out, AlwaysNull) { out.null(); }
    static void read(const Value &, AlwaysNull &, Decoder &) { }
};

} // namespace guildhall::json
