// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/user.h"

#include <vector>

namespace guildhall {

/// Bits of Application::flags.
namespace applicationFlag {
/// What every bot has here: presences, members and message content, each in its limited form, which
/// says that the owner switched the privileged intents on.
inline constexpr int privilegedIntents = 1 << 13 | 1 << 15 | 1 << 19;
} // namespace applicationFlag

/// A bot's application; its bot user has the same id. @source api.md 5, "Application"
struct Application {
    ApplicationId id;
    QString name;
    Nullable<QString> icon;
    QString description;
    AlwaysNull type;
    bool botPublic = true;
    bool botRequireCodeGrant = false;
    QString verifyKey; ///< 64 hex digits
    int flags = 0;
    QString flagsNew;
    User owner;
    AlwaysNull team;
    User bot;
    EmptyList redirectUris;
    AlwaysNull interactionsEndpointUrl;
    AlwaysNull roleConnectionsVerificationUrl;
    EmptyList tags;
    int approximateGuildCount = 0;
    int approximateUserInstallCount = 0;
    int approximateUserAuthorizationCount = 0;
    int explicitContentFilter = 0;
    EmptyList eligibleOauth2Scopes;

    static constexpr auto jsonFields();
};

constexpr auto Application::jsonFields()
{
    using json::field;
    using A = Application;
    return json::fields(
        field("id", &A::id), field("name", &A::name), field("icon", &A::icon),
        field("description", &A::description), field("type", &A::type, json::MayBeAbsent{}),
        field("bot_public", &A::botPublic),
        field("bot_require_code_grant", &A::botRequireCodeGrant),
        field("verify_key", &A::verifyKey), field("flags", &A::flags),
        field("flags_new", &A::flagsNew), field("owner", &A::owner),
        field("team", &A::team, json::MayBeAbsent{}), field("bot", &A::bot),
        field("redirect_uris", &A::redirectUris),
        field("interactions_endpoint_url", &A::interactionsEndpointUrl, json::MayBeAbsent{}),
        field("role_connections_verification_url", &A::roleConnectionsVerificationUrl,
              json::MayBeAbsent{}),
        field("tags", &A::tags), field("approximate_guild_count", &A::approximateGuildCount),
        field("approximate_user_install_count", &A::approximateUserInstallCount),
        field("approximate_user_authorization_count", &A::approximateUserAuthorizationCount),
        field("explicit_content_filter", &A::explicitContentFilter),
        field("eligible_oauth2_scopes", &A::eligibleOauth2Scopes));
}

struct CreateApplication {
    QString name;
    std::optional<QString> description;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("name", &CreateApplication::name, Trimmed{}, Length{1, 100}),
                      field("description", &CreateApplication::description, Length{0, 400}));
    }
};

struct ModifyApplication {
    std::optional<QString> name;
    Patch<QString> description;
    Patch<ImageData> icon;
    std::optional<bool> botPublic;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("name", &ModifyApplication::name, Trimmed{}, Length{1, 100}),
                      field("description", &ModifyApplication::description, Length{0, 400}),
                      field("icon", &ModifyApplication::icon),
                      field("bot_public", &ModifyApplication::botPublic));
    }
};

/// A bot token, shown once.
struct IssuedBotToken {
    QString token;
    std::optional<User> bot;
    std::optional<UserId> userId;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("token", &IssuedBotToken::token),
                            field("bot", &IssuedBotToken::bot),
                            field("user_id", &IssuedBotToken::userId));
    }
};

/// POST /oauth2/authorize; what is in the body goes before what is in the query.
struct AuthorizeBot {
    GuildId guildId;
    Patch<Permissions> permissions;
    std::optional<ApplicationId> clientId;
    std::optional<bool> authorize; ///< false: the person said no

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("guild_id", &AuthorizeBot::guildId),
                            field("permissions", &AuthorizeBot::permissions),
                            field("client_id", &AuthorizeBot::clientId),
                            field("authorize", &AuthorizeBot::authorize));
    }
};

struct AuthorizeBotQuery {
    std::optional<ApplicationId> clientId;
    std::optional<Permissions> permissions;
    std::optional<QString> scope; ///< names with blanks between

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("client_id", &AuthorizeBotQuery::clientId),
                            field("permissions", &AuthorizeBotQuery::permissions),
                            field("scope", &AuthorizeBotQuery::scope));
    }
};

struct AuthorizedBot {
    QString location;

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("location", &AuthorizedBot::location));
    }
};

} // namespace guildhall
