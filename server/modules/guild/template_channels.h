// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/api_error.h"
#include "shared/dto/guild_input.h"

#include <unordered_map>

namespace guildhall {

class Snowflakes;

/// Makes channels of those in POST /guilds, by the rules of shared/dto: the sender's own numbers
/// for channels and roles become ids. Every mistake is collected.
/// @source api.md 6.4
class TemplateChannels {
public:
    /// @param roles  what the sender calls each role; its second is the role's id
    TemplateChannels(const std::vector<GuildTemplateChannel> &inputs, GuildId guild, UserId owner,
                     const std::unordered_map<RoleId, RoleId> &roles, Snowflakes &ids);

    std::vector<Channel> made() const { return m_made; }
    /// The channel behind a placeholder of the body's own field; null when there is none, which is
    /// a mistake if it was named.
    std::optional<ChannelId> named(std::optional<ChannelId> placeholder, ChannelType wanted,
                                   const QString &field);
    const std::vector<FieldError> &mistakes() const { return m_mistakes; }

private:
    void make(size_t index, GuildId guild);
    void placeInCategory(size_t index);
    void setOverwrites(size_t index);
    std::optional<OverwriteId> targetOf(const OverwriteInput &overwrite) const;
    void note(size_t index, const ApiError &error);

    const std::vector<GuildTemplateChannel> &m_inputs;
    const std::unordered_map<RoleId, RoleId> &m_roles;
    UserId m_owner;
    std::unordered_map<ChannelId, size_t> m_byPlaceholder;
    std::vector<Channel> m_made;
    std::vector<FieldError> m_mistakes;
};

} // namespace guildhall
