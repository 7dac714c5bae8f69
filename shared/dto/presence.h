// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/json/fields.h"
#include "shared/json/patch.h"
#include "shared/json/rules.h"

#include <QString>

#include <vector>

namespace guildhall {

/// What somebody says to be doing. @source api.md 5, "Activity"
struct Activity {
    QString name;
    int type = 0;
    std::optional<QString> state;
    std::optional<QString> url;
    std::optional<qint64> createdAt; ///< ms since 1970
    std::optional<QString> details;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("name", &Activity::name, Length{0, 128}),
                      field("type", &Activity::type, MayBeAbsent{}, Range{0, 5}),
                      field("state", &Activity::state, Length{0, 128}),
                      field("url", &Activity::url), field("created_at", &Activity::createdAt),
                      field("details", &Activity::details, Length{0, 128}));
    }
    friend bool operator==(const Activity &, const Activity &) = default;
};

/// Op 3 and the `presence` of IDENTIFY.
struct PresenceInput {
    std::optional<qint64> since;
    std::vector<Activity> activities;
    QString status = QStringLiteral("online");
    bool afk = false;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("since", &PresenceInput::since),
                      field("activities", &PresenceInput::activities, MayBeAbsent{}, Items{0, 10}),
                      field("status", &PresenceInput::status, MayBeAbsent{}),
                      field("afk", &PresenceInput::afk, MayBeAbsent{}));
    }
};

/// Status by kind of client; a kind that is not there is absent.
struct ClientStatus {
    std::optional<QString> desktop;
    std::optional<QString> mobile;
    std::optional<QString> web;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("desktop", &ClientStatus::desktop),
                            field("mobile", &ClientStatus::mobile),
                            field("web", &ClientStatus::web));
    }
};

/// The person of a presence: the id is all that is sure to be there.
struct PresenceUser {
    UserId id;

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("id", &PresenceUser::id));
    }
};

/// @source api.md 5, "Presence"
struct Presence {
    PresenceUser user;
    std::optional<GuildId> guildId;
    QString status = QStringLiteral("offline");
    std::vector<Activity> activities;
    ClientStatus clientStatus;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("user", &Presence::user), field("guild_id", &Presence::guildId),
                            field("status", &Presence::status),
                            field("activities", &Presence::activities),
                            field("client_status", &Presence::clientStatus));
    }
};

} // namespace guildhall
