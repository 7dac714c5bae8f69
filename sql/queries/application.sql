-- SPDX-License-Identifier: GPL-3.0-or-later
-- Applications. The bot of one is the account with the same id.

-- name: insert_application
INSERT INTO applications (id, owner_id, name, description, verify_key, created_at)
VALUES (:id, :owner_id, :name, :description, :verify_key, :created_at)
RETURNING id, owner_id, name, icon, description, bot_public, verify_key, 0;

-- name: application
-- Primary key, and index guild_members_user.
SELECT id, owner_id, name, icon, description, bot_public, verify_key,
       (SELECT count(*) FROM guild_members m WHERE m.user_id = a.id)
FROM applications a WHERE id = :id;

-- name: applications_of
-- Index applications_owner, and index guild_members_user.
SELECT id, owner_id, name, icon, description, bot_public, verify_key,
       (SELECT count(*) FROM guild_members m WHERE m.user_id = a.id)
FROM applications a WHERE owner_id = :owner_id ORDER BY id;

-- name: count_applications
-- Index applications_owner.
SELECT count(*) FROM applications WHERE owner_id = :owner_id;

-- name: change_application
-- Changes what is given. Primary key.
UPDATE applications
SET name = COALESCE(:name::text, name),
    description = COALESCE(:description::text, description),
    icon = CASE WHEN :sets_icon THEN :icon::text ELSE icon END,
    bot_public = COALESCE(:bot_public::boolean, bot_public)
WHERE id = :id;

-- name: store_token
-- Primary key.
UPDATE applications SET token_digest = :digest WHERE id = :id;

-- name: hold_application
-- Nobody adds the bot to a guild, or deletes it, until the transaction ends. Primary key.
SELECT id FROM applications WHERE id = :id FOR UPDATE;

-- name: delete_application
-- Primary key.
DELETE FROM applications WHERE id = :id;

-- name: lock_account
-- Of two who add to one account's applications or memberships the second waits. Primary key.
SELECT id FROM users WHERE id = :id FOR NO KEY UPDATE;

-- name: guilds_of_bot
-- Index guild_members_user.
SELECT guild_id FROM guild_members WHERE user_id = :bot_id ORDER BY guild_id;

-- name: applications_in_guild
-- Primary key of guild_members, by its first column, then of applications.
SELECT a.id, a.owner_id, a.name, a.icon, a.description, a.bot_public, a.verify_key,
       (SELECT count(*) FROM guild_members n WHERE n.user_id = a.id)
FROM guild_members m JOIN applications a ON a.id = m.user_id
WHERE m.guild_id = :guild_id
ORDER BY a.id;
