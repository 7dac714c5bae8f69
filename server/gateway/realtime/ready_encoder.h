// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/ready.h"

namespace guildhall::realtime {

/// What a session is sent at its start.
struct ReadyPayloads {
    QByteArray ready; ///< `d` of READY
    std::vector<QByteArray> guildCreates; ///< `d` of each GUILD_CREATE that follows
    std::vector<GuildId> guilds; ///< what the session hears from then on
};

/// Puts READY together. @source api.md 7.3
ReadyPayloads encodeReady(const ReadyRequest &request, const ReadyData &data,
                          const QByteArray &sessionId, const QByteArray &resumeUrl);

} // namespace guildhall::realtime
