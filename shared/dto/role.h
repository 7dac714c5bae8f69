// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/dto/image_data.h"
#include "shared/json/fields.h"
#include "shared/json/patch.h"
#include "shared/json/raw.h"
#include "shared/json/rules.h"
#include "shared/permission/permissions.h"

#include <QString>

namespace guildhall {

struct RoleColors {
    int primaryColor = 0;
    Nullable<int> secondaryColor;
    Nullable<int> tertiaryColor;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("primary_color", &RoleColors::primaryColor, Range{0, 0xffffff}),
                      field("secondary_color", &RoleColors::secondaryColor, Range{0, 0xffffff}),
                      field("tertiary_color", &RoleColors::tertiaryColor, Range{0, 0xffffff}));
    }
    friend bool operator==(const RoleColors &, const RoleColors &) = default;
};

/// Only what is there: clients take a key's presence for its meaning.
struct RoleTags {
    std::optional<UserId> botId;

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("bot_id", &RoleTags::botId));
    }
    friend bool operator==(const RoleTags &, const RoleTags &) = default;
};

/// @source api.md 5, "Role"
struct Role {
    RoleId id;
    QString name;
    int color = 0; ///< 0xRRGGBB
    RoleColors colors;
    bool hoist = false;
    Nullable<QString> icon;
    Nullable<QString> unicodeEmoji;
    int position = 0;
    Permissions permissions;
    bool managed = false;
    bool mentionable = false;
    int flags = 0;
    std::optional<RoleTags> tags;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(
            field("id", &Role::id), field("name", &Role::name), field("color", &Role::color),
            field("colors", &Role::colors), field("hoist", &Role::hoist),
            field("icon", &Role::icon), field("unicode_emoji", &Role::unicodeEmoji),
            field("position", &Role::position), field("permissions", &Role::permissions),
            field("managed", &Role::managed), field("mentionable", &Role::mentionable),
            field("flags", &Role::flags), field("tags", &Role::tags));
    }
    friend bool operator==(const Role &, const Role &) = default;
};

/// POST and PATCH of a role take the same body. `colors` wins over `color`. @source api.md 14.26
struct RoleInput {
    Patch<QString> name;
    Patch<Permissions> permissions;
    Patch<int> color;
    Patch<RoleColors> colors;
    Patch<bool> hoist;
    Patch<ImageData> icon;
    Patch<QString> unicodeEmoji;
    Patch<bool> mentionable;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("name", &RoleInput::name, Trimmed{}, Length{1, 100}),
                      field("permissions", &RoleInput::permissions),
                      field("color", &RoleInput::color, Range{0, 0xffffff}),
                      field("colors", &RoleInput::colors), field("hoist", &RoleInput::hoist),
                      field("icon", &RoleInput::icon),
                      field("unicode_emoji", &RoleInput::unicodeEmoji, Length{0, 64}),
                      field("mentionable", &RoleInput::mentionable));
    }
};

/// One entry of PATCH /guilds/{g}/roles.
struct RolePosition {
    RoleId id;
    Patch<int> position;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("id", &RolePosition::id),
                      field("position", &RolePosition::position, Range{0, 10000}));
    }
};

} // namespace guildhall
