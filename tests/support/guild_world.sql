-- SPDX-License-Identifier: GPL-3.0-or-later
-- Guilds that tests start from.

-- name: insert_guild
INSERT INTO guilds (id, name, owner_id, created_at) VALUES (:id, :name, :owner_id, :created_at);

-- name: insert_role
INSERT INTO roles (id, guild_id, name, position, permissions, mentionable, created_at)
VALUES (:id, :guild_id, :name, :position, :permissions, :mentionable, :created_at);

-- name: insert_member
INSERT INTO guild_members (guild_id, user_id, joined_at) VALUES (:guild_id, :user_id, :joined_at);

-- name: insert_member_role
INSERT INTO member_roles (guild_id, user_id, role_id) VALUES (:guild_id, :user_id, :role_id);

-- name: insert_channel
INSERT INTO channels (id, guild_id, type, name, position, parent_id, rate_limit_per_user, bitrate, user_limit,
                      video_quality_mode, created_at)
VALUES (:id, :guild_id, :type, :name, :position, :parent_id, :rate_limit_per_user, :bitrate, :user_limit,
        :video_quality_mode, :created_at);

-- name: insert_overwrite
INSERT INTO overwrites (channel_id, target_id, type, allow, deny)
VALUES (:channel_id, :target_id, :type, :allow, :deny);

-- name: insert_message
INSERT INTO messages (id, channel_id, guild_id, author_id, type, content, created_at)
SELECT :id, c.id, c.guild_id, :author_id, :type, :content, :created_at FROM channels c WHERE c.id = :channel_id;

-- name: time_out
UPDATE guild_members SET communication_disabled_until = :until WHERE guild_id = :guild_id AND user_id = :user_id;

-- name: set_system_channel
UPDATE guilds SET system_channel_id = :channel_id, system_channel_flags = :flags WHERE id = :guild_id;

-- name: delete_role
DELETE FROM roles WHERE id = :role_id;

-- name: delete_guild
DELETE FROM guilds WHERE id = :guild_id;

-- name: delete_channel
DELETE FROM channels WHERE id = :channel_id;

-- name: count_messages
SELECT count(*) FROM messages WHERE channel_id = :channel_id;
