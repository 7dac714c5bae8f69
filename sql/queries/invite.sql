-- SPDX-License-Identifier: GPL-3.0-or-later
-- Invites. One that has expired or is used up counts as gone; used-up ones are deleted by their last
-- use, expired ones when the next invite of their guild is made.

-- name: invite
-- With what it leads to. Primary keys.
SELECT i.code, i.guild_id, i.channel_id, i.inviter_id, i.max_age, i.max_uses, i.uses, i.temporary,
       i.created_at, i.expires_at, c.name, c.type
FROM invites i JOIN channels c ON c.id = i.channel_id
WHERE i.code = :code AND (i.expires_at IS NULL OR i.expires_at > :now);

-- name: lock_invite
-- Nobody else uses it until the transaction ends. Primary key.
SELECT code FROM invites WHERE code = :code FOR UPDATE;

-- name: invites_of_guild
-- Index invites_guild.
SELECT i.code, i.guild_id, i.channel_id, i.inviter_id, i.max_age, i.max_uses, i.uses, i.temporary,
       i.created_at, i.expires_at, c.name, c.type
FROM invites i JOIN channels c ON c.id = i.channel_id
WHERE i.guild_id = :guild_id AND (i.expires_at IS NULL OR i.expires_at > :now)
ORDER BY i.created_at, i.code;

-- name: invites_of_channel
-- Index invites_channel.
SELECT i.code, i.guild_id, i.channel_id, i.inviter_id, i.max_age, i.max_uses, i.uses, i.temporary,
       i.created_at, i.expires_at, c.name, c.type
FROM invites i JOIN channels c ON c.id = i.channel_id
WHERE i.channel_id = :channel_id AND (i.expires_at IS NULL OR i.expires_at > :now)
ORDER BY i.created_at, i.code;

-- name: alike
-- The newest invite that the same person made on the same terms. Index invites_channel.
SELECT i.code, i.guild_id, i.channel_id, i.inviter_id, i.max_age, i.max_uses, i.uses, i.temporary,
       i.created_at, i.expires_at, c.name, c.type
FROM invites i JOIN channels c ON c.id = i.channel_id
WHERE i.channel_id = :channel_id AND i.inviter_id = :inviter_id AND i.max_age = :max_age
  AND i.max_uses = :max_uses AND i.temporary = :temporary
  AND (i.expires_at IS NULL OR i.expires_at > :now)
ORDER BY i.created_at DESC, i.code
LIMIT 1;

-- name: lock_guild
-- Invites of one guild are made one after the other, or its limit would not hold. Primary key.
SELECT id FROM guilds WHERE id = :guild_id FOR NO KEY UPDATE;

-- name: channel_stands
-- Who deletes a channel holds the lock above. Primary key of channels.
SELECT true FROM channels WHERE id = :channel_id;

-- name: count_invites
-- Index invites_guild.
SELECT count(*) FROM invites WHERE guild_id = :guild_id;

-- name: delete_expired
-- Index invites_guild.
DELETE FROM invites WHERE guild_id = :guild_id AND expires_at <= :now;

-- name: insert_invite
-- No row when the code is taken.
INSERT INTO invites (code, guild_id, channel_id, inviter_id, max_age, max_uses, temporary, created_at, expires_at)
VALUES (:code, :guild_id, :channel_id, :inviter_id, :max_age, :max_uses, :temporary, :created_at, :expires_at)
ON CONFLICT (code) DO NOTHING;

-- name: count_use
-- Primary key.
UPDATE invites SET uses = uses + 1 WHERE code = :code;

-- name: delete_invite
-- Primary key.
DELETE FROM invites WHERE code = :code;
