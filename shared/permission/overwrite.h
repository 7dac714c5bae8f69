// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/json/codec.h"
#include "shared/json/fields.h"
#include "shared/permission/permissions.h"

namespace guildhall {

enum class OverwriteType : int { Role = 0, Member = 1 };

/// What a channel changes for one role or member. @source api.md 5, "Overwrite"
struct Overwrite {
    OverwriteId id;
    OverwriteType type = OverwriteType::Role;
    Permissions allow;
    Permissions deny;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("id", &Overwrite::id), field("type", &Overwrite::type),
                            field("allow", &Overwrite::allow), field("deny", &Overwrite::deny));
    }
    friend bool operator==(const Overwrite &, const Overwrite &) = default;
};

/// An overwrite as clients send it: rights that are absent or null count as none.
struct OverwriteInput {
    OverwriteId id;
    OverwriteType type = OverwriteType::Role;
    Patch<Permissions> allow;
    Patch<Permissions> deny;

    Overwrite value() const
    {
        return {id, type, allow.valueOr(Permissions()), deny.valueOr(Permissions())};
    }

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("id", &OverwriteInput::id),
                            field("type", &OverwriteInput::type, json::MayBeAbsent{}),
                            field("allow", &OverwriteInput::allow),
                            field("deny", &OverwriteInput::deny));
    }
};

namespace json {

/// As a number, or as the words "role" and "member" that some libraries send. @source api.md 6.5
template <>
struct Codec<OverwriteType> {
    static void write(Writer &out, OverwriteType type) { out.value(qint64(type)); }
    static void read(const Value &in, OverwriteType &type, Decoder &decoder);
};

} // namespace json
} // namespace guildhall
