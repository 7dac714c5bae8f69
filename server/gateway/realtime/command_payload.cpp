// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/client_payload.h"
#include "server/gateway/realtime/payload_fields.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>

namespace guildhall::realtime {

namespace {

using namespace fields;

constexpr int maxQueryLimit = 100;
constexpr rapidjson::SizeType maxMemberIds = 100;
constexpr qsizetype maxNonce = 32;

std::optional<PresenceUpdate::Status> readStatus(const json::Value &d)
{
    using Status = PresenceUpdate::Status;
    static constexpr std::array<std::pair<std::string_view, Status>, 5> names{{
        {"online", Status::Online},
        {"idle", Status::Idle},
        {"dnd", Status::DoNotDisturb},
        {"invisible", Status::Invisible},
        {"offline", Status::Offline},
    }};
    if (present(d, "status") == nullptr)
        return Status::Online;
    const std::optional<QByteArray> text = bytes(d, "status");
    for (const auto &[name, status] : names) {
        if (text && *text == QByteArrayView(name.data(), qsizetype(name.size())))
            return status;
    }
    return std::nullopt;
}

/// The list as compact JSON; nullopt when it is no list of objects.
std::optional<QByteArray> readActivities(const json::Value &d)
{
    const json::Value *activities = present(d, "activities");
    if (activities == nullptr)
        return QByteArray("[]");
    if (!activities->IsArray())
        return std::nullopt;
    for (const json::Value &activity : activities->GetArray()) {
        if (!activity.IsObject())
            return std::nullopt;
    }
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    activities->Accept(writer);
    return QByteArray(buffer.GetString(), qsizetype(buffer.GetSize()));
}

/// An id, or a list with exactly one.
std::optional<GuildId> readGuild(const json::Value *value)
{
    if (value != nullptr && value->IsArray())
        value = value->Size() == 1 ? &(*value)[0] : nullptr;
    const auto id = value != nullptr ? snowflake(*value) : std::nullopt;
    return id && *id != 0 ? std::optional(GuildId(*id)) : std::nullopt;
}

/// An id, or a list of at most 100.
std::optional<std::vector<UserId>> readUsers(const json::Value &value)
{
    std::vector<UserId> users;
    const auto add = [&](const json::Value &item) {
        const auto id = snowflake(item);
        if (id)
            users.emplace_back(*id);
        return id.has_value();
    };
    if (!value.IsArray())
        return add(value) ? std::optional(users) : std::nullopt;
    if (value.Size() > maxMemberIds)
        return std::nullopt;
    for (const json::Value &item : value.GetArray()) {
        if (!add(item))
            return std::nullopt;
    }
    return users;
}

} // namespace

std::optional<PresenceUpdate> readPresence(const json::Value &d)
{
    if (!d.IsObject())
        return std::nullopt;
    const auto status = readStatus(d);
    auto activities = readActivities(d);
    const auto afk = flag(d, "afk");
    const json::Value *since = present(d, "since");
    // discord.py sends 0.0 here when it has nothing to say.
    if (!status || !activities || !afk || (since != nullptr && !since->IsNumber()))
        return std::nullopt;
    PresenceUpdate update{*status, std::nullopt, std::move(*activities), *afk};
    if (since != nullptr && since->IsInt64())
        update.sinceMs = since->GetInt64();
    return update;
}

std::optional<VoiceStateUpdate> readVoiceState(const json::Value &d)
{
    if (!d.IsObject())
        return std::nullopt;
    const auto guild = readGuild(present(d, "guild_id"));
    const auto mute = flag(d, "self_mute");
    const auto deaf = flag(d, "self_deaf");
    if (!guild || !mute || !deaf)
        return std::nullopt;
    VoiceStateUpdate update{*guild, {}, *mute, *deaf};
    if (const json::Value *channel = present(d, "channel_id")) {
        const auto id = snowflake(*channel);
        if (!id)
            return std::nullopt;
        update.channel = ChannelId(*id);
    }
    return update;
}

std::optional<MembersRequest> readMembersRequest(const json::Value &d)
{
    if (!d.IsObject())
        return std::nullopt;
    const auto guild = readGuild(present(d, "guild_id"));
    const json::Value *query = present(d, "query");
    const json::Value *users = present(d, "user_ids");
    const json::Value *limit = present(d, "limit");
    const auto presences = flag(d, "presences");
    if (!guild || !presences || (query == nullptr) == (users == nullptr)
        || (limit != nullptr && !limit->IsInt()) || (query != nullptr && !query->IsString()))
        return std::nullopt;

    MembersRequest request;
    request.guild = *guild;
    request.presences = *presences;
    request.limit = limit != nullptr ? qMax(0, limit->GetInt()) : 0;
    if (query != nullptr) {
        request.query = QString::fromUtf8(query->GetString(), qsizetype(query->GetStringLength()));
        if (!request.query->isEmpty())
            request.limit = request.limit == 0 ? maxQueryLimit : qMin(request.limit, maxQueryLimit);
    } else {
        request.users = readUsers(*users);
        if (!request.users)
            return std::nullopt;
    }
    // A longer nonce is not echoed, and no reason to close.
    const QByteArray nonce = bytes(d, "nonce").value_or(QByteArray());
    if (!nonce.isEmpty() && nonce.size() <= maxNonce)
        request.nonce = QString::fromUtf8(nonce);
    return request;
}

} // namespace guildhall::realtime
