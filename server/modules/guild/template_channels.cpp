// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/template_channels.h"

#include "server/infrastructure/runtime/snowflakes.h"
#include "shared/dto/channel_name.h"

#include <algorithm>

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

constexpr int usualBitrate = 64000;

bool canBeMade(ChannelType type)
{
    return type == ChannelType::Text || type == ChannelType::Voice || type == ChannelType::Category
        || type == ChannelType::Announcement || type == ChannelType::Stage;
}

} // namespace

void giveVoiceSettings(Channel &channel, const CreateChannel &body)
{
    channel.bitrate = body.bitrate.value_or(usualBitrate);
    channel.userLimit = body.userLimit.value_or(0);
    channel.videoQualityMode = body.videoQualityMode.value_or(1);
}

TemplateChannels::TemplateChannels(const std::vector<GuildTemplateChannel> &inputs, GuildId guild,
                                   UserId owner, const std::unordered_map<RoleId, RoleId> &roles,
                                   Snowflakes &ids)
    : m_inputs(inputs)
    , m_roles(roles)
    , m_owner(owner)
    , m_made(inputs.size())
{
    for (size_t i = 0; i < inputs.size(); ++i) {
        m_made[i].id = ids.next<ChannelId>();
        if (inputs[i].id)
            m_byPlaceholder.emplace(*inputs[i].id, i);
    }
    for (size_t i = 0; i < inputs.size(); ++i) {
        make(i, guild);
        placeInCategory(i);
        setOverwrites(i);
    }
}

void TemplateChannels::note(size_t index, QStringList rest, QByteArray code, const QString &message)
{
    m_mistakes.push_back(
        {QStringList{u"channels"_s, QString::number(index)} + rest, std::move(code), message});
}

void TemplateChannels::make(size_t index, GuildId guild)
{
    const GuildTemplateChannel &input = m_inputs[index];
    Channel &channel = m_made[index];
    if (!canBeMade(input.type))
        note(index, {u"type"_s}, "BASE_TYPE_CHOICES", u"Value must be one of (0, 2, 4, 5, 13)."_s);
    channel.guildId = guild;
    channel.type = input.type;
    channel.name = channelName(input.type, input.name);
    channel.topic = input.topic;
    channel.position = input.position.value_or(int(index));
    channel.nsfw = input.nsfw.value_or(false);
    channel.rateLimitPerUser = input.rateLimitPerUser.value_or(0);
    if (isVoiceLike(input.type))
        giveVoiceSettings(channel, input);
}

void TemplateChannels::placeInCategory(size_t index)
{
    const auto placeholder = m_inputs[index].parentId;
    if (!placeholder)
        return;
    const auto found = m_byPlaceholder.find(*placeholder);
    if (found == m_byPlaceholder.end() || m_inputs[index].type == ChannelType::Category)
        return note(index, {u"parent_id"_s}, "CHANNEL_PARENT_INVALID",
                    u"Category does not exist"_s);
    if (m_inputs[found->second].type != ChannelType::Category)
        return note(index, {u"parent_id"_s}, "CHANNEL_PARENT_INVALID_TYPE", u"Not a category"_s);
    const ChannelId parent = m_made[found->second].id;
    if (++m_children[parent] > maxChildren)
        return note(index, {u"parent_id"_s}, "CHANNEL_PARENT_MAX_CHANNELS",
                    u"Maximum number of channels in category reached (50)"_s);
    m_made[index].parentId = parent;
}

std::optional<OverwriteId> TemplateChannels::targetOf(const OverwriteInput &overwrite) const
{
    if (overwrite.type == OverwriteType::Member) {
        return overwrite.id == OverwriteId(m_owner) ? std::optional(overwrite.id) : std::nullopt;
    }
    const auto role = m_roles.find(RoleId(overwrite.id));
    return role == m_roles.end() ? std::nullopt : std::optional(OverwriteId(role->second));
}

void TemplateChannels::setOverwrites(size_t index)
{
    const auto &inputs = m_inputs[index].permissionOverwrites;
    if (!inputs)
        return;
    std::vector<Overwrite> &overwrites = m_made[index].permissionOverwrites;
    for (size_t i = 0; i < inputs->size(); ++i) {
        Overwrite overwrite = (*inputs)[i].value();
        const QStringList place{u"permission_overwrites"_s, QString::number(i)};
        const auto target = targetOf((*inputs)[i]);
        if (!target) {
            note(index, place + QStringList{u"id"_s}, "BASE_TYPE_CHOICES",
                 u"No role of this guild, nor its owner."_s);
            continue;
        }
        if (overwrite.allow.hasAny(overwrite.deny)) {
            note(index, place + QStringList{u"allow"_s}, "BASE_TYPE_CHOICES",
                 u"A permission cannot be both allowed and denied."_s);
            continue;
        }
        overwrite.id = *target;
        // Of two for one target the last one counts.
        std::erase_if(overwrites, [&](const Overwrite &other) { return other.id == overwrite.id; });
        overwrites.push_back(overwrite);
    }
}

std::optional<ChannelId> TemplateChannels::named(std::optional<ChannelId> placeholder,
                                                 ChannelType wanted, const QString &field)
{
    if (!placeholder)
        return std::nullopt;
    const auto found = m_byPlaceholder.find(*placeholder);
    if (found == m_byPlaceholder.end() || m_inputs[found->second].type != wanted) {
        m_mistakes.push_back({{field}, "BASE_TYPE_CHOICES", u"No such channel of that type."_s});
        return std::nullopt;
    }
    return m_made[found->second].id;
}

} // namespace guildhall
