-- SPDX-License-Identifier: GPL-3.0-or-later
-- What decides rights: owner, roles, channels, overwrites and members of one guild.

-- name: guild_of_channel
-- The guild a channel belongs to; null for conversations. Primary key.
SELECT guild_id FROM channels WHERE id = :channel_id;

-- name: guild_owner
-- Primary key.
SELECT owner_id FROM guilds WHERE id = :guild_id;

-- name: guild_roles
-- Unique index (guild_id, id).
SELECT id, permissions, position, managed, mentionable FROM roles WHERE guild_id = :guild_id;

-- name: guild_channels
-- Unique index (guild_id, id).
SELECT id, type, parent_id, rate_limit_per_user FROM channels WHERE guild_id = :guild_id;

-- name: guild_overwrites
-- Unique index of channels, then the primary key of overwrites.
SELECT o.channel_id, o.target_id, o.type, o.allow, o.deny
FROM channels c JOIN overwrites o ON o.channel_id = c.id
WHERE c.guild_id = :guild_id;

-- name: channels_by_id
-- Primary key.
SELECT id, type, parent_id, rate_limit_per_user FROM channels
WHERE id = ANY (:channel_ids::bigint[]) AND guild_id = :guild_id;

-- name: overwrites_by_channel
-- Primary key, by its first column.
SELECT channel_id, target_id, type, allow, deny FROM overwrites WHERE channel_id = ANY (:channel_ids::bigint[]);

-- name: guild_members
-- Primary keys of guild_members and member_roles, by their first column.
SELECT m.user_id, m.nick, m.avatar, m.joined_at, m.deaf, m.mute, m.flags, m.communication_disabled_until,
       COALESCE(r.roles, '{}') AS roles
FROM guild_members m
LEFT JOIN (
    SELECT user_id, array_agg(role_id ORDER BY role_id) AS roles
    FROM member_roles WHERE guild_id = :guild_id GROUP BY user_id
) r ON r.user_id = m.user_id
WHERE m.guild_id = :guild_id;

-- name: members_by_id
-- Primary keys.
SELECT m.user_id, m.nick, m.avatar, m.joined_at, m.deaf, m.mute, m.flags, m.communication_disabled_until,
       ARRAY(SELECT role_id FROM member_roles r
             WHERE r.guild_id = m.guild_id AND r.user_id = m.user_id ORDER BY role_id) AS roles
FROM guild_members m
WHERE m.guild_id = :guild_id AND m.user_id = ANY (:user_ids::bigint[]);
