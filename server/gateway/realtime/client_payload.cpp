// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/client_payload.h"

#include "server/gateway/realtime/payload_fields.h"

#include <limits>

namespace guildhall::realtime {

namespace {

using namespace fields;

const json::Value nullValue;

constexpr std::string_view schemes[] = {"Bot ", "Bearer "};
constexpr int smallestThreshold = 50;
constexpr int greatestThreshold = 250;

QByteArray readToken(const json::Value &d)
{
    QByteArray token = bytes(d, "token").value_or(QByteArray());
    for (const std::string_view scheme : schemes) {
        if (token.startsWith(QByteArrayView(scheme.data(), qsizetype(scheme.size()))))
            return token.sliced(qsizetype(scheme.size())).trimmed();
    }
    return token;
}

/// `[index, count]`; nullopt when it is anything else.
std::optional<ShardOf> readShard(const json::Value &value)
{
    if (!value.IsArray() || value.Size() != 2 || !value[0].IsUint() || !value[1].IsUint())
        return std::nullopt;
    const ShardOf shard{value[0].GetUint(), value[1].GetUint()};
    return shard.index < shard.count ? std::optional(shard) : std::nullopt;
}

} // namespace

const json::Value &ClientPayload::d() const
{
    const json::Value *found = json::member(document, "d");
    return found != nullptr ? *found : nullValue;
}

std::optional<ClientPayload> readPayload(QByteArrayView text)
{
    Result<json::Document> document = json::parse(text);
    if (!document || !document->IsObject())
        return std::nullopt;
    const json::Value *op = json::member(*document, "op");
    if (op == nullptr || !(op->IsInt64() || op->IsUint64()))
        return std::nullopt;
    const int number = op->IsInt() ? op->GetInt() : -1;
    return ClientPayload{std::move(*document), number};
}

bool isHeartbeat(const json::Value &d)
{
    return d.IsNull() || d.IsUint64();
}

IdentifyPayload readIdentify(const json::Value &d)
{
    IdentifyPayload payload;
    if (!d.IsObject())
        return payload;
    payload.token = readToken(d);
    const json::Value *token = present(d, "token");
    const json::Value *properties = present(d, "properties");
    const json::Value *compress = present(d, "compress");
    const json::Value *threshold = present(d, "large_threshold");
    payload.wellFormed = token != nullptr && token->IsString()
        && (properties == nullptr || properties->IsObject())
        && (compress == nullptr || compress->IsBool())
        && (threshold == nullptr || threshold->IsInt());
    if (threshold != nullptr && threshold->IsInt())
        payload.largeThreshold = qBound(smallestThreshold, threshold->GetInt(), greatestThreshold);

    if (const json::Value *presence = present(d, "presence")) {
        payload.presence = readPresence(*presence);
        payload.wellFormed &= payload.presence.has_value();
    }
    if (const json::Value *shard = present(d, "shard")) {
        payload.shard = readShard(*shard);
        payload.shardValid = payload.shard.has_value();
    }
    if (const json::Value *intents = present(d, "intents")) {
        using Field = IdentifyPayload::IntentsField;
        payload.intentsField = intents->IsUint64() ? Field::Given : Field::Wrong;
        payload.intents = intents->IsUint64() ? intents->GetUint64() : 0;
    }
    return payload;
}

std::optional<CloseCode> judgeIdentify(const IdentifyPayload &payload, const Identity &identity)
{
    using Field = IdentifyPayload::IntentsField;
    if (!payload.wellFormed)
        return CloseCode::DecodeError;
    if (!payload.shardValid)
        return CloseCode::InvalidShard;
    if (payload.intentsField == Field::Wrong || (payload.intents & ~quint64(knownIntents)) != 0
        || (payload.intentsField == Field::Absent && identity.bot))
        return CloseCode::InvalidIntents;
    if ((payload.intents & identity.deniedIntents.bits) != 0)
        return CloseCode::DisallowedIntents;
    return std::nullopt;
}

Intents intentsOf(const IdentifyPayload &payload)
{
    if (payload.intentsField == IdentifyPayload::IntentsField::Absent)
        return Intents::all();
    return {quint32(payload.intents)};
}

ResumePayload readResume(const json::Value &d)
{
    ResumePayload payload;
    if (!d.IsObject())
        return payload;
    payload.token = readToken(d);
    const std::optional<QByteArray> sessionId = bytes(d, "session_id");
    const json::Value *sequence = present(d, "seq");
    payload.wellFormed
        = bytes(d, "token") && sessionId && sequence != nullptr && sequence->IsUint64();
    if (payload.wellFormed) {
        payload.sessionId = *sessionId;
        payload.sequence = sequence->GetUint64();
    }
    return payload;
}

} // namespace guildhall::realtime
