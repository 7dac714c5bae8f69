// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/decoder.h"

#include <QString>

#include <span>
#include <vector>

namespace guildhall::json {

/// Rules stand behind a field's name and are applied to what was read, in their order.
/// `Trimmed{}` cuts blanks off both ends first, as for names and message content.
struct Trimmed {
    void apply(QString &text, Decoder &decoder) const;
};

/// Length in Unicode code points. @source api.md 1.1
struct Length {
    qsizetype min;
    qsizetype max;
    void apply(QString &text, Decoder &decoder) const;
};

struct Range {
    qint64 min;
    qint64 max;
    void apply(int &number, Decoder &decoder) const { check(number, decoder); }
    void apply(qint64 &number, Decoder &decoder) const { check(number, decoder); }

private:
    void check(qint64 number, Decoder &decoder) const;
};

/// At most `max` entries of a list, at least `min`. Judged before the entries are read: a body may
/// hold many more than their values would fit into memory.
struct Items {
    qsizetype min;
    qsizetype max;
    void applyUnread(const Value &in, Decoder &decoder) const
    {
        if (in.IsArray())
            check(qsizetype(in.Size()), decoder);
    }
    template <typename T>
    void apply(std::vector<T> &list, Decoder &decoder) const
    {
        check(qsizetype(list.size()), decoder);
    }

private:
    void check(qsizetype size, Decoder &decoder) const;
};

/// Fails with BASE_TYPE_CHOICES unless `number` is one of them.
void requireOneOf(std::span<const int> choices, int number, Decoder &decoder);

/// One of a few numbers: `OneOf{{60, 300}}`.
template <size_t Count>
struct OneOf {
    int choices[Count]; // held by value: an initializer_list would not outlive its expression
    void apply(int &number, Decoder &decoder) const { requireOneOf(choices, number, decoder); }
};
template <size_t Count>
OneOf(const int (&)[Count]) -> OneOf<Count>;

/// The field may be left out although its type is not optional: it then keeps its default.
struct MayBeAbsent {
    template <typename T>
    void apply(T &, Decoder &) const
    { }
};

/// How many code points a text has; a surrogate pair is one.
qsizetype codePoints(const QString &text);

} // namespace guildhall::json
