// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/permission_catalog.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace guildhall::console {

namespace {

constexpr const char *context = "Permissions";
using P = Permission;
using G = PermissionGroup;

#define GH_TEXT(text) QT_TRANSLATE_NOOP("Permissions", text)

// clang-format off: a table reads best as one
constexpr std::array catalog{
    PermissionInfo{P::Administrator, G::General, GH_TEXT("Administrator"),
                   GH_TEXT("Everything, in every channel, whatever channels say."), true},
    PermissionInfo{P::ViewChannel, G::General, GH_TEXT("View channels"),
                   GH_TEXT("See channels and read what is in them.")},
    PermissionInfo{P::ManageChannels, G::General, GH_TEXT("Manage channels"),
                   GH_TEXT("Create, change and delete channels."), true},
    PermissionInfo{P::ManageRoles, G::General, GH_TEXT("Manage roles"),
                   GH_TEXT("Create, change, give and delete roles below the own one."), true},
    PermissionInfo{P::ManageGuild, G::General, GH_TEXT("Manage guild"),
                   GH_TEXT("Change the guild's name and settings, add bots."), true},
    PermissionInfo{P::ManageWebhooks, G::General, GH_TEXT("Manage webhooks"),
                   GH_TEXT("Create, change and delete webhooks, which post under any name."), true},
    PermissionInfo{P::ManageGuildExpressions, G::General, GH_TEXT("Manage expressions"),
                   GH_TEXT("Change and delete emoji, stickers and sounds of others.")},
    PermissionInfo{P::CreateGuildExpressions, G::General, GH_TEXT("Create expressions"),
                   GH_TEXT("Add emoji, stickers and sounds.")},
    PermissionInfo{P::ViewAuditLog, G::General, GH_TEXT("View audit log"),
                   GH_TEXT("Read who changed what.")},
    PermissionInfo{P::ViewGuildInsights, G::General, GH_TEXT("View insights"),
                   GH_TEXT("Read the guild's statistics.")},
    PermissionInfo{P::ViewCreatorMonetizationAnalytics, G::General,
                   GH_TEXT("View monetization analytics"),
                   GH_TEXT("Read statistics of subscriptions.")},

    PermissionInfo{P::CreateInstantInvite, G::Membership, GH_TEXT("Create invites"),
                   GH_TEXT("Invite people to the guild.")},
    PermissionInfo{P::ChangeNickname, G::Membership, GH_TEXT("Change own nickname"),
                   GH_TEXT("Choose the own name in this guild.")},
    PermissionInfo{P::ManageNicknames, G::Membership, GH_TEXT("Manage nicknames"),
                   GH_TEXT("Change the names of others.")},
    PermissionInfo{P::ModerateMembers, G::Membership, GH_TEXT("Time out members"),
                   GH_TEXT("Keep members from writing and speaking for a while.")},
    PermissionInfo{P::KickMembers, G::Membership, GH_TEXT("Kick members"),
                   GH_TEXT("Remove members; they can come back with an invite."), true},
    PermissionInfo{P::BanMembers, G::Membership, GH_TEXT("Ban members"),
                   GH_TEXT("Remove members for good, and their messages."), true},

    PermissionInfo{P::SendMessages, G::Text, GH_TEXT("Send messages"),
                   GH_TEXT("Write in text channels.")},
    PermissionInfo{P::SendMessagesInThreads, G::Text, GH_TEXT("Send messages in threads"),
                   GH_TEXT("Write in threads.")},
    PermissionInfo{P::CreatePublicThreads, G::Text, GH_TEXT("Create public threads"),
                   GH_TEXT("Open threads that everybody sees.")},
    PermissionInfo{P::CreatePrivateThreads, G::Text, GH_TEXT("Create private threads"),
                   GH_TEXT("Open threads for those who are invited.")},
    PermissionInfo{P::EmbedLinks, G::Text, GH_TEXT("Embed links"),
                   GH_TEXT("Links show a preview.")},
    PermissionInfo{P::AttachFiles, G::Text, GH_TEXT("Attach files"), GH_TEXT("Upload files.")},
    PermissionInfo{P::AddReactions, G::Text, GH_TEXT("Add reactions"),
                   GH_TEXT("React with an emoji that nobody used yet.")},
    PermissionInfo{P::UseExternalEmojis, G::Text, GH_TEXT("Use external emoji"),
                   GH_TEXT("Use emoji of other guilds.")},
    PermissionInfo{P::UseExternalStickers, G::Text, GH_TEXT("Use external stickers"),
                   GH_TEXT("Use stickers of other guilds.")},
    PermissionInfo{P::MentionEveryone, G::Text, GH_TEXT("Mention everyone"),
                   GH_TEXT("Notify everybody at once, and every role.")},
    PermissionInfo{P::ManageMessages, G::Text, GH_TEXT("Manage messages"),
                   GH_TEXT("Delete messages of others."), true},
    PermissionInfo{P::PinMessages, G::Text, GH_TEXT("Pin messages"),
                   GH_TEXT("Pin and unpin messages.")},
    PermissionInfo{P::BypassSlowmode, G::Text, GH_TEXT("Bypass slow mode"),
                   GH_TEXT("Write without waiting.")},
    PermissionInfo{P::ManageThreads, G::Text, GH_TEXT("Manage threads"),
                   GH_TEXT("Rename, archive and delete threads, see private ones."), true},
    PermissionInfo{P::ReadMessageHistory, G::Text, GH_TEXT("Read message history"),
                   GH_TEXT("Read what was written before.")},
    PermissionInfo{P::SendTtsMessages, G::Text, GH_TEXT("Send text-to-speech messages"),
                   GH_TEXT("Write messages that are read aloud.")},
    PermissionInfo{P::SendVoiceMessages, G::Text, GH_TEXT("Send voice messages"),
                   GH_TEXT("Send recordings.")},
    PermissionInfo{P::SendPolls, G::Text, GH_TEXT("Create polls"), GH_TEXT("Ask with a poll.")},

    PermissionInfo{P::Connect, G::Voice, GH_TEXT("Connect"), GH_TEXT("Join voice channels.")},
    PermissionInfo{P::Speak, G::Voice, GH_TEXT("Speak"), GH_TEXT("Be heard in voice channels.")},
    PermissionInfo{P::Stream, G::Voice, GH_TEXT("Video"), GH_TEXT("Share camera or screen.")},
    PermissionInfo{P::UseVad, G::Voice, GH_TEXT("Use voice activity"),
                   GH_TEXT("Speak without a push-to-talk key.")},
    PermissionInfo{P::PrioritySpeaker, G::Voice, GH_TEXT("Priority speaker"),
                   GH_TEXT("Be louder than the others.")},
    PermissionInfo{P::UseSoundboard, G::Voice, GH_TEXT("Use soundboard"),
                   GH_TEXT("Play the guild's sounds.")},
    PermissionInfo{P::UseExternalSounds, G::Voice, GH_TEXT("Use external sounds"),
                   GH_TEXT("Play sounds of other guilds.")},
    PermissionInfo{P::RequestToSpeak, G::Voice, GH_TEXT("Request to speak"),
                   GH_TEXT("Raise the hand in stage channels.")},
    PermissionInfo{P::SetVoiceChannelStatus, G::Voice, GH_TEXT("Set voice channel status"),
                   GH_TEXT("Say what a voice channel is about.")},
    PermissionInfo{P::MuteMembers, G::Voice, GH_TEXT("Mute members"),
                   GH_TEXT("Silence members for everybody.")},
    PermissionInfo{P::DeafenMembers, G::Voice, GH_TEXT("Deafen members"),
                   GH_TEXT("Keep members from hearing.")},
    PermissionInfo{P::MoveMembers, G::Voice, GH_TEXT("Move members"),
                   GH_TEXT("Move members between voice channels and out of them.")},

    PermissionInfo{P::CreateEvents, G::Events, GH_TEXT("Create events"),
                   GH_TEXT("Plan events, and change the own ones.")},
    PermissionInfo{P::ManageEvents, G::Events, GH_TEXT("Manage events"),
                   GH_TEXT("Change and cancel events of others.")},

    PermissionInfo{P::UseApplicationCommands, G::Apps, GH_TEXT("Use commands"),
                   GH_TEXT("Use commands of bots.")},
    PermissionInfo{P::UseEmbeddedActivities, G::Apps, GH_TEXT("Use activities"),
                   GH_TEXT("Start activities.")},
    PermissionInfo{P::UseExternalApps, G::Apps, GH_TEXT("Use external apps"),
                   GH_TEXT("Use apps that were not added to the guild.")},
};
// clang-format on

#undef GH_TEXT

constexpr quint64 bitsOfCatalog()
{
    quint64 bits = 0;
    for (const PermissionInfo &info : catalog)
        bits |= quint64(info.permission);
    return bits;
}
static_assert(bitsOfCatalog() == everyPermissionBit, "a permission is missing in the catalog");
static_assert(catalog.size() == 52, "a permission stands in the catalog twice");

} // namespace

std::span<const PermissionInfo> permissionCatalog()
{
    return catalog;
}

const PermissionInfo &permissionInfo(Permission permission)
{
    return *std::find_if(catalog.begin(), catalog.end(), [permission](const PermissionInfo &info) {
        return info.permission == permission;
    });
}

QString permissionName(Permission permission)
{
    return QCoreApplication::translate(context, permissionInfo(permission).name);
}

QString permissionDescription(Permission permission)
{
    return QCoreApplication::translate(context, permissionInfo(permission).description);
}

QString groupName(PermissionGroup group)
{
    switch (group) {
    case PermissionGroup::General:
        return QCoreApplication::translate(context, "General");
    case PermissionGroup::Membership:
        return QCoreApplication::translate(context, "Membership");
    case PermissionGroup::Text:
        return QCoreApplication::translate(context, "Text channels");
    case PermissionGroup::Voice:
        return QCoreApplication::translate(context, "Voice channels");
    case PermissionGroup::Events:
        return QCoreApplication::translate(context, "Events");
    case PermissionGroup::Apps:
        return QCoreApplication::translate(context, "Apps");
    }
    return {};
}

} // namespace guildhall::console
