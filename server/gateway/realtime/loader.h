// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/errands.h"
#include "server/gateway/realtime/gateway_services.h"
#include "server/gateway/realtime/ready_encoder.h"

#include <functional>
#include <optional>
#include <vector>

namespace guildhall::realtime {

/// What the pool does for the sessions of a shard: tokens are judged, states are read.
/// @thread the shard's
class Loader {
public:
    using Matches = std::function<bool(const Identity &)>;
    /// nullopt: it cannot be found out now.
    using Judgement = std::optional<Result<Identity>>;

    Loader(const GatewayServices &services, Errands &errands);

    /// Judges a token. `done` is called later, with a refusal also when the token was revoked
    /// since.
    void authenticate(QByteArray token, std::function<void(Judgement)> done);
    /// Tokens of whom `matches` names are no longer good, those that are being judged included.
    void revoke(const Matches &matches);

    /// Whatever is being judged comes to nothing: what it goes by may be stale.
    void abandonJudgements() { ++m_age; }

    struct Ready {
        ReadyPayloads payloads;
        quint64 sequence; ///< events up to this one are in it
    };
    /// Reads the state a session starts from; nullopt: it cannot be had now.
    void readState(const ReadyRequest &request, QByteArray sessionId, QByteArray resumeUrl,
                   std::function<void(std::optional<Ready>)> done);

    struct Guild {
        std::optional<QByteArray> create; ///< nullopt: the user is no member
        quint64 sequence;
    };
    void readGuild(const ReadyRequest &request, GuildId guild,
                   std::function<void(std::optional<Guild>)> done);

private:
    struct Begun {
        size_t revocations;
        quint64 age;
    };
    void judged(const Begun &begun, Judgement judgement,
                const std::function<void(Judgement)> &done);

    const GatewayServices &m_services;
    Errands &m_errands;
    std::vector<Matches> m_revocations; ///< those since the oldest token that is being judged
    size_t m_judging = 0;
    quint64 m_age = 0; ///< judgements of another age are void
};

} // namespace guildhall::realtime
