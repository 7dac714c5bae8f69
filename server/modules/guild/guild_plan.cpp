// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_plan.h"

#include "server/infrastructure/runtime/snowflakes.h"
#include "server/modules/guild/template_channels.h"
#include "server/modules/role/role_service.h"
#include "shared/core/field_errors.h"
#include "shared/dto/channel_rules.h"

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

/// @param placeholders  filled with what the sender calls each role
std::vector<Role> planRoles(const CreateGuild &body, GuildId guild, Snowflakes &ids,
                            std::unordered_map<RoleId, RoleId> &placeholders)
{
    const auto inputs = body.roles.value_or(std::vector<GuildTemplateRole>());
    Role everyone;
    everyone.id = RoleId(guild);
    everyone.name = u"@everyone"_s;
    everyone.permissions = inputs.empty()
        ? defaultEveryonePermissions
        : inputs.front().permissions.valueOr(defaultEveryonePermissions);
    std::vector<Role> roles{everyone};
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (i > 0) {
            Role role = RoleService::described(inputs[i], everyone.permissions);
            role.id = ids.next<RoleId>();
            role.position = int(i);
            roles.push_back(std::move(role));
        }
        if (inputs[i].id)
            placeholders.emplace(*inputs[i].id, roles.back().id);
    }
    return roles;
}

Channel channelOf(GuildId guild, ChannelId id, ChannelType type, const QString &name)
{
    CreateChannel body;
    body.type = type;
    body.name = name;
    Channel channel = channelRules::described(body).value();
    channel.id = id;
    channel.guildId = guild;
    return channel;
}

/// What a guild has when its maker did not say otherwise; messages of the system go to "general".
void planUsualChannels(GuildPlan &plan, Snowflakes &ids)
{
    const GuildId guild = plan.guild.id;
    const auto next = [&] {
        return ids.next<ChannelId>();
    };
    Channel texts = channelOf(guild, next(), ChannelType::Category, u"Text Channels"_s);
    Channel voices = channelOf(guild, next(), ChannelType::Category, u"Voice Channels"_s);
    Channel text = channelOf(guild, next(), ChannelType::Text, u"general"_s);
    Channel voice = channelOf(guild, next(), ChannelType::Voice, u"General"_s);
    voices.position = 1;
    text.parentId = texts.id;
    voice.parentId = voices.id;
    plan.guild.systemChannel = text.id;
    plan.channels = {std::move(texts), std::move(voices), std::move(text), std::move(voice)};
}

GuildRecord planSettings(const CreateGuild &body, GuildId id, UserId owner)
{
    GuildRecord guild;
    guild.id = id;
    guild.name = body.name;
    guild.owner = owner;
    if (body.icon)
        guild.icon = body.icon->hash();
    if (body.description && !body.description->isEmpty())
        guild.description = body.description;
    guild.verificationLevel = body.verificationLevel.value_or(0);
    guild.defaultMessageNotifications = body.defaultMessageNotifications.value_or(0);
    guild.explicitContentFilter = body.explicitContentFilter.value_or(0);
    guild.afkTimeout = body.afkTimeout.value_or(guild.afkTimeout);
    guild.systemChannelFlags = body.systemChannelFlags.value_or(0);
    return guild;
}

} // namespace

Result<GuildPlan> planGuild(const CreateGuild &body, UserId owner, Snowflakes &ids)
{
    GuildPlan plan;
    plan.guild = planSettings(body, ids.next<GuildId>(), owner);
    std::unordered_map<RoleId, RoleId> roles;
    plan.roles = planRoles(body, plan.guild.id, ids, roles);
    if (!body.channels || body.channels->empty()) {
        planUsualChannels(plan, ids);
        return plan;
    }
    TemplateChannels channels(*body.channels, plan.guild.id, owner, roles, ids);
    plan.channels = channels.made();
    plan.guild.systemChannel
        = channels.named(body.systemChannelId, ChannelType::Text, u"system_channel_id"_s);
    plan.guild.afkChannel
        = channels.named(body.afkChannelId, ChannelType::Voice, u"afk_channel_id"_s);
    if (!channels.mistakes().empty())
        return tl::unexpected<ApiError>(makeFieldErrors(channels.mistakes()));
    return plan;
}

} // namespace guildhall
