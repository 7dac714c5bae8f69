// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a client sends is read or refused; what is read keeps to its limits.
#include "server/gateway/realtime/client_payload.h"
#include "shared/gateway/opcodes.h"

#include <cstdlib>

using namespace guildhall;
using namespace guildhall::realtime;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

void identify(const json::Value &d)
{
    const IdentifyPayload payload = readIdentify(d);
    require(payload.largeThreshold >= 50 && payload.largeThreshold <= 250);
    require(!payload.shard || payload.shard->index < payload.shard->count);
    Identity bot;
    bot.bot = true;
    if (!judgeIdentify(payload, bot))
        require((intentsOf(payload).bits & ~knownIntents) == 0);
}

void requestMembers(const json::Value &d)
{
    const auto request = readMembersRequest(d);
    if (!request)
        return;
    require(request->query.has_value() != request->users.has_value());
    require(!request->users || request->users->size() <= 100);
    require(request->limit >= 0 && request->nonce.toUtf8().size() <= 32);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView text(reinterpret_cast<const char *>(data), qsizetype(size));
    const std::optional<ClientPayload> payload = readPayload(text);
    if (!payload)
        return 0;
    (void)opcodeUse(payload->op);
    (void)isHeartbeat(payload->d());
    identify(payload->d());
    requestMembers(payload->d());
    (void)readResume(payload->d());
    (void)readVoiceState(payload->d());
    if (const auto presence = readPresence(payload->d()))
        require(json::parse(presence->activities).has_value());
    return 0;
}
