// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/decoder.h"
#include "shared/json/fields.h"
#include "shared/json/leaf_codecs.h"
#include "shared/json/patch.h"
#include "shared/json/rules.h"
#include "shared/json/writer.h"

#include <optional>
#include <type_traits>
#include <vector>

namespace guildhall::json {

template <typename T>
inline constexpr bool isOptional = false;
template <typename T>
inline constexpr bool isOptional<std::optional<T>> = true;
template <typename T>
inline constexpr bool isPatch = false;
template <typename T>
inline constexpr bool isPatch<Patch<T>> = true;
template <typename T>
inline constexpr bool isNullable = false;
template <typename T>
inline constexpr bool isNullable<Nullable<T>> = true;

/// Enums travel as their number.
template <typename T>
requires std::is_enum_v<T>
struct Codec<T> {
    static void write(Writer &out, T value) { out.value(qint64(value)); }
    static void read(const Value &in, T &value, Decoder &decoder)
    {
        int number = 0;
        Codec<int>::read(in, number, decoder);
        value = T(number);
    }
};

/// Lists. In a query a single text stands for a list of one.
template <typename T>
struct Codec<std::vector<T>> {
    static void write(Writer &out, const std::vector<T> &list)
    {
        out.beginArray();
        for (const T &item : list)
            Codec<T>::write(out, item);
        out.endArray();
    }
    static void read(const Value &in, std::vector<T> &list, Decoder &decoder)
    {
        list.clear();
        if (!in.IsArray()) {
            if (!decoder.isQuery()) {
                decoder.fail("LIST_TYPE_CONVERT",
                             QStringLiteral("Only iterables may be used in a ListType"));
                return;
            }
            Codec<T>::read(in, list.emplace_back(), decoder);
            return;
        }
        list.reserve(in.Size());
        for (rapidjson::SizeType i = 0; i < in.Size(); ++i) {
            const Decoder::Step step(decoder, QString::number(i));
            Codec<T>::read(in[i], list.emplace_back(), decoder);
        }
    }
};

template <typename T>
struct Codec<Nullable<T>> {
    static void write(Writer &out, const Nullable<T> &value)
    {
        if (value)
            Codec<T>::write(out, *value);
        else
            out.null();
    }
    static void read(const Value &in, Nullable<T> &value, Decoder &decoder)
    {
        if (in.IsNull())
            value.reset();
        else
            Codec<T>::read(in, value.emplace(), decoder);
    }
};

/// Applies a field's rules, looking through optional, Patch and Nullable.
template <typename T, typename Rule>
void applyRule(const Rule &rule, T &value, Decoder &decoder)
{
    if constexpr (isOptional<T> || isNullable<T>) {
        if (value)
            rule.apply(*value, decoder);
    } else if constexpr (isPatch<T>) {
        if (value.hasValue())
            rule.apply(*value, decoder);
    } else {
        rule.apply(value, decoder);
    }
}

/// Applies what a rule has to say before the value is read.
template <typename Rule>
void applyUnread(const Rule &rule, const Value &in, Decoder &decoder)
{
    if constexpr (requires { rule.applyUnread(in, decoder); })
        rule.applyUnread(in, decoder);
}

template <typename Field>
inline constexpr bool mayBeAbsent = false;
template <typename Owner, typename T, typename... Rules>
inline constexpr bool mayBeAbsent<Field<
    Owner, T,
    Rules...>> = isOptional<T> || isPatch<T> || isNullable<T> || (std::is_same_v<Rules, MayBeAbsent> || ...);

/// Structs with `jsonFields()`.
template <HasFields T>
struct Codec<T> {
    static void write(Writer &out, const T &object)
    {
        out.beginObject();
        writeFields(out, object);
        out.endObject();
    }
    /// The members without the braces, so that a caller can add some of its own.
    static void writeFields(Writer &out, const T &object)
    {
        static constexpr auto list = T::jsonFields();
        std::apply([&](const auto &...field) { (writeField(out, object, field), ...); }, list);
    }
    static void read(const Value &in, T &object, Decoder &decoder)
    {
        if (!in.IsObject()) {
            decoder.fail("DICT_TYPE_CONVERT",
                         QStringLiteral("Only dictionaries may be used in a DictType"));
            return;
        }
        static constexpr auto list = T::jsonFields();
        std::apply([&](const auto &...field) { (readField(in, object, decoder, field), ...); },
                   list);
    }

private:
    template <typename F>
    static void writeField(Writer &out, const T &object, const F &field)
    {
        using V = typename F::Value;
        const V &value = object.*(field.member);
        if constexpr (isOptional<V>) {
            if (!value)
                return;
            out.key(field.name);
            Codec<typename V::value_type>::write(out, *value);
        } else if constexpr (isPatch<V>) {
            if (!value.isPresent())
                return;
            out.key(field.name);
            if (value.isNull())
                out.null();
            else
                Codec<std::remove_cvref_t<decltype(*value)>>::write(out, *value);
        } else {
            out.key(field.name);
            Codec<V>::write(out, value);
        }
    }

    template <typename F>
    static void readField(const Value &in, T &object, Decoder &decoder, const F &field)
    {
        using V = typename F::Value;
        V &value = object.*(field.member);
        const Value *found = member(in, field.name);
        if (found == nullptr || (found->IsNull() && !isPatch<V>)) {
            if (!mayBeAbsent<F>) {
                const Decoder::Step step(decoder, nameOf(field));
                decoder.failRequired();
            }
            return;
        }
        const Decoder::Step step(decoder, nameOf(field));
        const size_t before = decoder.errorCount();
        std::apply([&](const auto &...rule) { (applyUnread(rule, *found, decoder), ...); },
                   field.rules);
        if (decoder.errorCount() != before)
            return;
        if constexpr (isOptional<V>) {
            Codec<typename V::value_type>::read(*found, value.emplace(), decoder);
        } else if constexpr (isPatch<V>) {
            value = readPatch<V>(*found, decoder);
        } else {
            Codec<V>::read(*found, value, decoder);
        }
        if (decoder.errorCount() == before) {
            std::apply([&](const auto &...rule) { (applyRule(rule, value, decoder), ...); },
                       field.rules);
        }
    }

    template <typename P>
    static P readPatch(const Value &in, Decoder &decoder)
    {
        if (in.IsNull())
            return P::clear();
        std::remove_cvref_t<decltype(*std::declval<P &>())> inner{};
        Codec<decltype(inner)>::read(in, inner, decoder);
        return P(std::move(inner));
    }

    template <typename F>
    static QString nameOf(const F &field)
    {
        return QString::fromLatin1(field.name.data(), qsizetype(field.name.size()));
    }
};

/// The JSON text of a value.
template <typename T>
QByteArray encode(const T &value)
{
    Writer out;
    Codec<T>::write(out, value);
    return out.take();
}

/// Reads a value that is already parsed, with every mistake in it.
/// @error InvalidFormBody  with the fields that are wrong
template <typename T>
Result<T> decode(const Value &in, Decoder::Source source = Decoder::Source::Body)
{
    T value{};
    Decoder decoder(source);
    Codec<T>::read(in, value, decoder);
    if (decoder.ok())
        return value;
    ApiError error = makeError(ErrorCode::InvalidFormBody);
    error.fields = decoder.takeErrors();
    return tl::unexpected<ApiError>(std::move(error));
}

/// Parses and reads. @error InvalidJson, InvalidFormBody
template <typename T>
Result<T> decode(QByteArrayView text, size_t mostValues = maxValues)
{
    GH_TRY(const Document document, parse(text, mostValues));
    return decode<T>(static_cast<const Value &>(document));
}

} // namespace guildhall::json
