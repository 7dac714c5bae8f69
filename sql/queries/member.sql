-- SPDX-License-Identifier: GPL-3.0-or-later
-- Memberships: who is in a guild, with which roles, nickname and time-out.

-- name: lock_account
-- Whether the account is a bot. Joins and removals of one account wait for each other here, so that
-- its number of guilds and its bans are what they were when they were read. Primary key.
SELECT bot FROM users WHERE id = :user_id FOR NO KEY UPDATE;

-- name: keep_guild
-- The guild stays until the transaction ends. Primary key.
SELECT id FROM guilds WHERE id = :guild_id FOR KEY SHARE;

-- name: keep_owner
-- The owner, who stays it until the transaction ends. Primary key.
SELECT owner_id FROM guilds WHERE id = :guild_id FOR SHARE;

-- name: is_banned
-- Primary key of bans.
SELECT EXISTS (SELECT 1 FROM bans WHERE guild_id = :guild_id AND user_id = :user_id);

-- name: count_guilds
-- Index guild_members_user.
SELECT count(*) FROM guild_members WHERE user_id = :user_id;

-- name: count_members
-- Primary key of guild_members, by its first column.
SELECT count(*) FROM guild_members WHERE guild_id = :guild_id;

-- name: insert_member
INSERT INTO guild_members (guild_id, user_id, joined_at) VALUES (:guild_id, :user_id, :joined_at);

-- name: delete_member
-- Primary key; the member's roles go with it.
DELETE FROM guild_members WHERE guild_id = :guild_id AND user_id = :user_id;

-- name: member
-- Primary keys of guild_members and member_roles.
SELECT m.user_id, m.nick, m.avatar, m.joined_at, m.deaf, m.mute, m.flags, m.communication_disabled_until,
       ARRAY(SELECT role_id FROM member_roles r
             WHERE r.guild_id = m.guild_id AND r.user_id = m.user_id ORDER BY role_id)
FROM guild_members m
WHERE m.guild_id = :guild_id AND m.user_id = :user_id;

-- name: lock_member
-- Nobody else changes the member until the transaction ends. Primary key.
SELECT user_id FROM guild_members WHERE guild_id = :guild_id AND user_id = :user_id FOR UPDATE;

-- name: page
-- Primary keys of guild_members and member_roles.
SELECT m.user_id, m.nick, m.avatar, m.joined_at, m.deaf, m.mute, m.flags, m.communication_disabled_until,
       ARRAY(SELECT role_id FROM member_roles r
             WHERE r.guild_id = m.guild_id AND r.user_id = m.user_id ORDER BY role_id)
FROM guild_members m
WHERE m.guild_id = :guild_id AND m.user_id > :after
ORDER BY m.user_id
LIMIT :limit;

-- name: members_by_id
-- Primary keys of guild_members and member_roles.
SELECT m.user_id, m.nick, m.avatar, m.joined_at, m.deaf, m.mute, m.flags, m.communication_disabled_until,
       ARRAY(SELECT role_id FROM member_roles r
             WHERE r.guild_id = m.guild_id AND r.user_id = m.user_id ORDER BY role_id)
FROM guild_members m
WHERE m.guild_id = :guild_id AND m.user_id = ANY (:user_ids::bigint[])
ORDER BY m.user_id;

-- name: search
-- Who has a name that starts with the text, whatever its case. Walks the guild's members by the
-- primary key, and users by theirs.
SELECT m.user_id, m.nick, m.avatar, m.joined_at, m.deaf, m.mute, m.flags, m.communication_disabled_until,
       ARRAY(SELECT role_id FROM member_roles r
             WHERE r.guild_id = m.guild_id AND r.user_id = m.user_id ORDER BY role_id)
FROM guild_members m JOIN users u ON u.id = m.user_id
WHERE m.guild_id = :guild_id
  AND (starts_with(lower(u.username), lower(:query::text))
       OR starts_with(lower(u.global_name), lower(:query::text))
       OR starts_with(lower(m.nick), lower(:query::text)))
ORDER BY m.user_id
LIMIT :limit;

-- name: memberships_of
-- Every membership of one account, the guild first. Index guild_members_user.
SELECT m.guild_id, m.user_id, m.nick, m.avatar, m.joined_at, m.deaf, m.mute, m.flags, m.communication_disabled_until,
       ARRAY(SELECT role_id FROM member_roles r
             WHERE r.guild_id = m.guild_id AND r.user_id = m.user_id ORDER BY role_id)
FROM guild_members m
WHERE m.user_id = :user_id
ORDER BY m.guild_id;

-- name: update_member
-- Primary key.
UPDATE guild_members
SET nick = :nick, deaf = :deaf, mute = :mute, flags = :flags, communication_disabled_until = :timed_out_until
WHERE guild_id = :guild_id AND user_id = :user_id;

-- name: take_other_roles
-- All of a member's roles but these. Primary key of member_roles.
DELETE FROM member_roles
WHERE guild_id = :guild_id AND user_id = :user_id AND NOT role_id = ANY (:role_ids::bigint[]);

-- name: give_roles
-- Those of the roles that are still there and the member does not have; they stay until the
-- transaction ends. Primary key of roles.
INSERT INTO member_roles (guild_id, user_id, role_id)
SELECT :guild_id, :user_id, id FROM roles
WHERE guild_id = :guild_id AND id = ANY (:role_ids::bigint[]) FOR KEY SHARE
ON CONFLICT DO NOTHING;
