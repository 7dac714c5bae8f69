// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/template_channels.h"

#include "server/infrastructure/runtime/snowflakes.h"
#include "shared/core/field_errors.h"
#include "shared/dto/channel_rules.h"

#include <algorithm>
#include <iterator>

namespace guildhall {

using namespace Qt::StringLiterals;

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
        m_made[i].type = inputs[i].type; // known before it is made to those that want to be in it
        if (inputs[i].id)
            m_byPlaceholder.emplace(*inputs[i].id, i);
    }
    for (size_t i = 0; i < inputs.size(); ++i) {
        make(i, guild);
        placeInCategory(i);
        setOverwrites(i);
    }
}

void TemplateChannels::note(size_t index, const ApiError &error)
{
    std::ranges::move(under({u"channels"_s, QString::number(index)}, error.fields),
                      std::back_inserter(m_mistakes));
}

void TemplateChannels::make(size_t index, GuildId guild)
{
    auto channel = channelRules::described(m_inputs[index]);
    if (!channel)
        return note(index, channel.error());
    channel->id = m_made[index].id;
    channel->guildId = guild;
    channel->position = m_inputs[index].position.value_or(int(index));
    m_made[index] = std::move(*channel);
}

void TemplateChannels::placeInCategory(size_t index)
{
    const auto placeholder = m_inputs[index].parentId;
    if (!placeholder)
        return;
    const auto found = m_byPlaceholder.find(*placeholder);
    const ChannelId parent
        = found == m_byPlaceholder.end() ? ChannelId() : m_made[found->second].id;
    Channel &channel = m_made[index];
    const auto placed = channelRules::checkParent(m_made, channel.type, channel.id, parent);
    if (!placed)
        return note(index, placed.error());
    channel.parentId = parent;
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
    auto overwrites = channelRules::overwritesOf(
        *inputs, [this](const OverwriteInput &input) { return targetOf(input); });
    if (!overwrites)
        return note(index, overwrites.error());
    m_made[index].permissionOverwrites = std::move(*overwrites);
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
