// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/payload_fields.h"

namespace guildhall::realtime::fields {

const json::Value *present(const json::Value &d, std::string_view name)
{
    const json::Value *found = json::member(d, name);
    return found != nullptr && !found->IsNull() ? found : nullptr;
}

std::optional<QByteArray> bytes(const json::Value &d, std::string_view name)
{
    const json::Value *found = present(d, name);
    if (found == nullptr || !found->IsString())
        return std::nullopt;
    return QByteArray(found->GetString(), qsizetype(found->GetStringLength()));
}

std::optional<quint64> snowflake(const json::Value &value)
{
    if (value.IsString())
        return parseSnowflake({value.GetString(), value.GetStringLength()});
    if (value.IsInt64() && value.GetInt64() >= 0)
        return quint64(value.GetInt64());
    return std::nullopt;
}

std::optional<bool> flag(const json::Value &d, std::string_view name)
{
    const json::Value *found = present(d, name);
    if (found == nullptr)
        return false;
    return found->IsBool() ? std::optional(found->GetBool()) : std::nullopt;
}

} // namespace guildhall::realtime::fields
