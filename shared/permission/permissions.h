// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <array>
#include <initializer_list>
#include <span>

namespace guildhall {

/// One right. The value is its bit on the wire. @source api.md 4.1
enum class Permission : quint64 {
    CreateInstantInvite = 1ull << 0,
    KickMembers = 1ull << 1,
    BanMembers = 1ull << 2,
    Administrator = 1ull << 3,
    ManageChannels = 1ull << 4,
    ManageGuild = 1ull << 5,
    AddReactions = 1ull << 6,
    ViewAuditLog = 1ull << 7,
    PrioritySpeaker = 1ull << 8,
    Stream = 1ull << 9,
    ViewChannel = 1ull << 10,
    SendMessages = 1ull << 11,
    SendTtsMessages = 1ull << 12,
    ManageMessages = 1ull << 13,
    EmbedLinks = 1ull << 14,
    AttachFiles = 1ull << 15,
    ReadMessageHistory = 1ull << 16,
    MentionEveryone = 1ull << 17,
    UseExternalEmojis = 1ull << 18,
    ViewGuildInsights = 1ull << 19,
    Connect = 1ull << 20,
    Speak = 1ull << 21,
    MuteMembers = 1ull << 22,
    DeafenMembers = 1ull << 23,
    MoveMembers = 1ull << 24,
    UseVad = 1ull << 25,
    ChangeNickname = 1ull << 26,
    ManageNicknames = 1ull << 27,
    ManageRoles = 1ull << 28,
    ManageWebhooks = 1ull << 29,
    ManageGuildExpressions = 1ull << 30,
    UseApplicationCommands = 1ull << 31,
    RequestToSpeak = 1ull << 32,
    ManageEvents = 1ull << 33,
    ManageThreads = 1ull << 34,
    CreatePublicThreads = 1ull << 35,
    CreatePrivateThreads = 1ull << 36,
    UseExternalStickers = 1ull << 37,
    SendMessagesInThreads = 1ull << 38,
    UseEmbeddedActivities = 1ull << 39,
    ModerateMembers = 1ull << 40,
    ViewCreatorMonetizationAnalytics = 1ull << 41,
    UseSoundboard = 1ull << 42,
    CreateGuildExpressions = 1ull << 43,
    CreateEvents = 1ull << 44,
    UseExternalSounds = 1ull << 45,
    SendVoiceMessages = 1ull << 46,
    SetVoiceChannelStatus = 1ull << 48,
    SendPolls = 1ull << 49,
    UseExternalApps = 1ull << 50,
    PinMessages = 1ull << 51,
    BypassSlowmode = 1ull << 52,
};

/// A set of rights; a decimal string on the wire.
class Permissions {
public:
    constexpr Permissions() = default;
    constexpr Permissions(Permission one) // implicit, so that a single right reads as a set
        : m_bits(quint64(one))
    { }
    constexpr Permissions(std::initializer_list<Permission> several)
    {
        for (Permission one : several)
            m_bits |= quint64(one);
    }
    /// Unknown bits are dropped. @source api.md 4.1
    static constexpr Permissions fromBits(quint64 bits);
    static constexpr Permissions all();
    static constexpr Permissions none() { return {}; }

    constexpr quint64 bits() const { return m_bits; }
    constexpr bool isEmpty() const { return m_bits == 0; }
    /// Whether every right of `wanted` is in this set.
    constexpr bool has(Permissions wanted) const
    {
        return (m_bits & wanted.m_bits) == wanted.m_bits;
    }
    constexpr bool hasAny(Permissions wanted) const { return (m_bits & wanted.m_bits) != 0; }
    constexpr Permissions without(Permissions taken) const { return raw(m_bits & ~taken.m_bits); }

    friend constexpr Permissions operator|(Permissions a, Permissions b)
    {
        return raw(a.m_bits | b.m_bits);
    }
    friend constexpr Permissions operator&(Permissions a, Permissions b)
    {
        return raw(a.m_bits & b.m_bits);
    }
    constexpr Permissions &operator|=(Permissions other) { return *this = *this | other; }
    friend constexpr bool operator==(Permissions, Permissions) = default;

private:
    static constexpr Permissions raw(quint64 bits)
    {
        Permissions set;
        set.m_bits = bits;
        return set;
    }
    quint64 m_bits = 0;
};

constexpr Permissions operator|(Permission a, Permission b)
{
    return Permissions(a) | Permissions(b);
}

/// Bits 0 to 52 without 47, which is unused.
inline constexpr quint64 everyPermissionBit = ((1ull << 53) - 1) & ~(1ull << 47);

constexpr Permissions Permissions::fromBits(quint64 bits)
{
    return raw(bits & everyPermissionBit);
}

constexpr Permissions Permissions::all()
{
    return raw(everyPermissionBit);
}

/// What @everyone may do in a new guild. @source api.md 4.1
inline constexpr Permissions defaultEveryonePermissions{Permission::CreateInstantInvite,
                                                        Permission::AddReactions,
                                                        Permission::Stream,
                                                        Permission::ViewChannel,
                                                        Permission::SendMessages,
                                                        Permission::EmbedLinks,
                                                        Permission::AttachFiles,
                                                        Permission::ReadMessageHistory,
                                                        Permission::MentionEveryone,
                                                        Permission::UseExternalEmojis,
                                                        Permission::Connect,
                                                        Permission::Speak,
                                                        Permission::UseVad,
                                                        Permission::ChangeNickname,
                                                        Permission::UseApplicationCommands,
                                                        Permission::RequestToSpeak,
                                                        Permission::CreatePublicThreads,
                                                        Permission::CreatePrivateThreads,
                                                        Permission::UseExternalStickers,
                                                        Permission::SendMessagesInThreads,
                                                        Permission::UseEmbeddedActivities,
                                                        Permission::UseSoundboard,
                                                        Permission::UseExternalSounds,
                                                        Permission::SendVoiceMessages,
                                                        Permission::SendPolls,
                                                        Permission::UseExternalApps};

} // namespace guildhall
