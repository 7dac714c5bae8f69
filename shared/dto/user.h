// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/dto/account_rules.h"
#include "shared/dto/image_data.h"
#include "shared/json/fields.h"
#include "shared/json/patch.h"
#include "shared/json/raw.h"
#include "shared/json/rules.h"

#include <QString>

namespace guildhall {

/// A person or a bot as others see it. @source api.md 5, "User"
struct User {
    UserId id;
    QString username;
    QString discriminator = QStringLiteral("0");
    Nullable<QString> globalName;
    Nullable<QString> avatar;
    AlwaysNull avatarDecorationData;
    Nullable<QString> banner;
    Nullable<int> accentColor;
    int publicFlags = 0;
    int flags = 0;
    std::optional<bool> bot; ///< true for bots, else absent
    std::optional<bool> system;
    AlwaysNull primaryGuild;
    AlwaysNull collectibles;

    bool isBot() const { return bot.value_or(false); }

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(
            field("id", &User::id), field("username", &User::username),
            field("discriminator", &User::discriminator, json::MayBeAbsent{}),
            field("global_name", &User::globalName), field("avatar", &User::avatar),
            field("avatar_decoration_data", &User::avatarDecorationData, json::MayBeAbsent{}),
            field("banner", &User::banner), field("accent_color", &User::accentColor),
            field("public_flags", &User::publicFlags, json::MayBeAbsent{}),
            field("flags", &User::flags, json::MayBeAbsent{}), field("bot", &User::bot),
            field("system", &User::system),
            field("primary_guild", &User::primaryGuild, json::MayBeAbsent{}),
            field("collectibles", &User::collectibles, json::MayBeAbsent{}));
    }
};

/// An account as it sees itself. `email` is null for bots and is on no other object.
struct UserSelf : User {
    Nullable<QString> email;
    bool verified = true;
    bool mfaEnabled = false;
    QString locale = QStringLiteral("en-US");
    int premiumType = 0;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fieldsAfter(
            User::jsonFields(), field("email", &UserSelf::email),
            field("verified", &UserSelf::verified), field("mfa_enabled", &UserSelf::mfaEnabled),
            field("locale", &UserSelf::locale), field("premium_type", &UserSelf::premiumType));
    }
};

/// PATCH /users/@me. For bots only the name and the images count. @source api.md 6.2
struct ModifySelf {
    std::optional<QString> username;
    Patch<QString> globalName; ///< empty is the same as null
    Patch<ImageData> avatar;
    Patch<ImageData> banner;
    std::optional<QString> email;
    std::optional<QString> newPassword;
    std::optional<QString> password; ///< wanted for another name, mail address or password

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("username", &ModifySelf::username, Trimmed{}, Length{2, 32},
                            UsernameCharacters{}),
                      field("global_name", &ModifySelf::globalName, Trimmed{}, Length{0, 32}),
                      field("avatar", &ModifySelf::avatar), field("banner", &ModifySelf::banner),
                      field("email", &ModifySelf::email, Trimmed{}, EmailAddress{}),
                      field("new_password", &ModifySelf::newPassword, Length{8, 72}),
                      field("password", &ModifySelf::password));
    }
};

/// The answer to it; a new password ends every token, so there is a new one with it.
struct ModifiedSelf : UserSelf {
    std::optional<QString> token;

    static constexpr auto jsonFields()
    {
        return json::fieldsAfter(UserSelf::jsonFields(),
                                 json::field("token", &ModifiedSelf::token));
    }
};

} // namespace guildhall
