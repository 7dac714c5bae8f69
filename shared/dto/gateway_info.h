// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/fields.h"
#include "shared/json/patch.h"
#include "shared/json/rules.h"

#include <QString>

namespace guildhall {

/// GET /gateway; the URL has no query. @source api.md 6.1
struct GatewayInfo {
    QString url;

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("url", &GatewayInfo::url));
    }
};

struct SessionStartLimit {
    int total = 1000;
    int remaining = 1000;
    int resetAfter = 0; ///< ms
    int maxConcurrency = 16;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("total", &SessionStartLimit::total),
                            field("remaining", &SessionStartLimit::remaining),
                            field("reset_after", &SessionStartLimit::resetAfter),
                            field("max_concurrency", &SessionStartLimit::maxConcurrency));
    }
};

struct GatewayBotInfo {
    QString url;
    int shards = 1;
    SessionStartLimit sessionStartLimit;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("url", &GatewayBotInfo::url),
                            field("shards", &GatewayBotInfo::shards),
                            field("session_start_limit", &GatewayBotInfo::sessionStartLimit));
    }
};

} // namespace guildhall
