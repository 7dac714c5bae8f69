// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QString>

#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace guildhall {

/// A snowflake of one kind of thing. Ids of different kinds do not mix: a ChannelId given where a
/// UserId is wanted does not compile. 0 means "none" and is never on the wire.
template <typename Tag>
class Id {
public:
    constexpr Id() = default;
    explicit constexpr Id(quint64 value)
        : m_value(value)
    { }
    /// For ids that share their number by contract: @everyone and its guild, a thread and its
    /// message.
    template <typename Other>
    explicit constexpr Id(Id<Other> other)
        : m_value(other.value())
    { }

    constexpr quint64 value() const { return m_value; }
    constexpr bool isNull() const { return m_value == 0; }
    explicit constexpr operator bool() const { return m_value != 0; }
    QString toString() const { return QString::number(m_value); }

    friend constexpr auto operator<=>(Id, Id) = default;
    friend size_t qHash(Id id, size_t seed = 0) noexcept { return ::qHash(id.m_value, seed); }

private:
    quint64 m_value = 0;
};

using UserId = Id<struct UserTag>;
using GuildId = Id<struct GuildTag>;
using ChannelId = Id<struct ChannelTag>;
using MessageId = Id<struct MessageTag>;
using RoleId = Id<struct RoleTag>;
using ApplicationId = Id<struct ApplicationTag>;
using AttachmentId = Id<struct AttachmentTag>;
using EmojiId = Id<struct EmojiTag>;
using StickerId = Id<struct StickerTag>;
using WebhookId = Id<struct WebhookTag>;
using IntegrationId = Id<struct IntegrationTag>;
using NotificationId = Id<struct NotificationTag>;
using AuditEntryId = Id<struct AuditEntryTag>;
/// What a permission overwrite is about: a role or a member.
using OverwriteId = Id<struct OverwriteTag>;
/// A sign-in (the JWT's jti), not a gateway session.
using AuthSessionId = Id<struct AuthSessionTag>;

/// Reads a decimal snowflake: digits only, no sign, blank or leading zero, at most 2^63-1.
/// @source api.md 1.2
inline std::optional<quint64> parseSnowflake(std::string_view text)
{
    if (text.empty() || text.size() > 19 || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    quint64 value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > quint64(INT64_MAX))
        return std::nullopt;
    return value;
}

} // namespace guildhall

template <typename Tag>
struct std::hash<guildhall::Id<Tag>> {
    size_t operator()(guildhall::Id<Tag> id) const noexcept
    {
        return std::hash<quint64>()(id.value() ^ (id.value() >> 22));
    }
};
