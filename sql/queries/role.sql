-- SPDX-License-Identifier: GPL-3.0-or-later
-- Roles of guilds. @everyone has its guild's id and position 0; the others stand above it.

-- name: lock_order
-- Nobody else adds, moves or deletes roles of the guild until the transaction ends. Primary key.
SELECT id FROM guilds WHERE id = :guild_id FOR NO KEY UPDATE;

-- name: roles_of_guild
-- Unique index roles (guild_id, id).
SELECT id, name, color, secondary_color, tertiary_color, hoist, icon, unicode_emoji, position,
       permissions, managed, mentionable, bot_id
FROM roles
WHERE guild_id = :guild_id
ORDER BY id;

-- name: role
-- Unique index roles (guild_id, id).
SELECT id, name, color, secondary_color, tertiary_color, hoist, icon, unicode_emoji, position,
       permissions, managed, mentionable, bot_id
FROM roles
WHERE guild_id = :guild_id AND id = :role_id;

-- name: count_roles
-- Unique index roles (guild_id, id), by its first column.
SELECT count(*) FROM roles WHERE guild_id = :guild_id;

-- name: shift_up
-- Makes room at position 1. Unique index roles (guild_id, id), by its first column.
UPDATE roles SET position = position + 1 WHERE guild_id = :guild_id AND position > 0;

-- name: insert_role
INSERT INTO roles (id, guild_id, name, color, secondary_color, tertiary_color, hoist, icon, unicode_emoji,
                   position, permissions, managed, mentionable, bot_id, created_at)
VALUES (:id, :guild_id, :name, :color, :secondary_color, :tertiary_color, :hoist, :icon, :unicode_emoji,
        :position, :permissions, :managed, :mentionable, :bot_id, :created_at);

-- name: update_role
-- Primary key.
UPDATE roles
SET name = :name, color = :color, secondary_color = :secondary_color, tertiary_color = :tertiary_color,
    hoist = :hoist, icon = :icon, unicode_emoji = :unicode_emoji, permissions = :permissions,
    mentionable = :mentionable
WHERE guild_id = :guild_id AND id = :role_id;

-- name: set_positions
-- Primary key.
UPDATE roles r
SET position = moved.position
FROM unnest(:role_ids::bigint[], :positions::integer[]) AS moved (id, position)
WHERE r.guild_id = :guild_id AND r.id = moved.id;

-- name: delete_role
-- Primary key; who had the role loses it by the foreign key of member_roles.
DELETE FROM roles WHERE guild_id = :guild_id AND id = :role_id;

-- name: delete_roles_of_bot
-- Unique index roles (guild_id, id), by its first column.
DELETE FROM roles WHERE guild_id = :guild_id AND bot_id = :bot_id RETURNING id;
