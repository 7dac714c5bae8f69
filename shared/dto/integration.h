// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/user.h"

#include <vector>

namespace guildhall {

struct IntegrationAccount {
    ApplicationId id;
    QString name;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("id", &IntegrationAccount::id),
                            field("name", &IntegrationAccount::name));
    }
};

struct IntegrationApplication {
    ApplicationId id;
    QString name;
    Nullable<QString> icon;
    QString description;
    User bot;

    static constexpr auto jsonFields()
    {
        using json::field;
        using A = IntegrationApplication;
        return json::fields(field("id", &A::id), field("name", &A::name), field("icon", &A::icon),
                            field("description", &A::description), field("bot", &A::bot));
    }
};

/// A bot in a guild, as the guild's managers see it. @source api.md 6.4
struct Integration {
    IntegrationId id;
    QString name;
    QString type = QStringLiteral("discord");
    bool enabled = true;
    IntegrationAccount account;
    IntegrationApplication application;
    std::vector<QString> scopes{QStringLiteral("bot")};

    static constexpr auto jsonFields()
    {
        using json::field;
        using I = Integration;
        return json::fields(field("id", &I::id), field("name", &I::name), field("type", &I::type),
                            field("enabled", &I::enabled), field("account", &I::account),
                            field("application", &I::application), field("scopes", &I::scopes));
    }
};

} // namespace guildhall
