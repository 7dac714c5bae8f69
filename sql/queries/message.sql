-- SPDX-License-Identifier: GPL-3.0-or-later
-- Messages. Pages are read by the primary key (channel_id, id), backwards or forwards, with the
-- message that a reply answers beside each row.

-- name: insert_messages
-- One statement for a whole batch; lists of ids come as array literals, since unnest flattens arrays.
INSERT INTO messages (id, channel_id, guild_id, author_id, type, flags, content, tts, mention_everyone,
                      mentions, mention_roles, embeds, components, reference_type, reference_message_id,
                      reference_channel_id, reference_guild_id, created_at)
SELECT t.id, t.channel_id, t.guild_id, t.author_id, t.type, t.flags, t.content, t.tts, t.mention_everyone,
       t.mentions::bigint[], t.mention_roles::bigint[], t.embeds::jsonb, t.components::jsonb, t.reference_type,
       t.reference_message_id, t.reference_channel_id, t.reference_guild_id, t.created_at
FROM unnest(:ids::bigint[], :channel_ids::bigint[], :guild_ids::bigint[], :author_ids::bigint[],
            :types::integer[], :flags::integer[], :contents::text[], :tts::boolean[],
            :mention_everyone::boolean[], :mentions::text[], :mention_roles::text[], :embeds::text[],
            :components::text[], :reference_types::integer[], :reference_message_ids::bigint[],
            :reference_channel_ids::bigint[], :reference_guild_ids::bigint[], :created_at::bigint[])
     AS t (id, channel_id, guild_id, author_id, type, flags, content, tts, mention_everyone, mentions,
           mention_roles, embeds, components, reference_type, reference_message_id, reference_channel_id,
           reference_guild_id, created_at);

-- name: claim_nonce
-- A row comes back when the nonce is ours: new, or older than five minutes. Otherwise it is locked
-- all the same. Whether its message is still there cannot be asked here: the message of a twin that
-- committed while this waited is not in this statement's snapshot. Primary key.
INSERT INTO message_nonces (channel_id, author_id, nonce, message_id, created_at)
VALUES (:channel_id, :author_id, :nonce, :message_id, :created_at)
ON CONFLICT (channel_id, author_id, nonce) DO UPDATE
SET message_id = excluded.message_id, created_at = excluded.created_at
WHERE message_nonces.created_at < :forgotten_before
RETURNING message_id;

-- name: message_of_nonce
-- Primary keys.
SELECT n.message_id FROM message_nonces n
JOIN messages m ON m.channel_id = n.channel_id AND m.id = n.message_id
WHERE n.channel_id = :channel_id AND n.author_id = :author_id AND n.nonce = :nonce;

-- name: take_nonce_over
-- Primary key.
UPDATE message_nonces SET message_id = :message_id, created_at = :created_at
WHERE channel_id = :channel_id AND author_id = :author_id AND nonce = :nonce;

-- name: forget_nonces
-- Index message_nonces_age.
DELETE FROM message_nonces WHERE created_at < :forgotten_before;

-- name: posted_since
-- The newest message that the author wrote (types 0 and 19; notices are not theirs) in the slow-mode
-- window. Primary key, a range of the window.
SELECT max(id) FROM messages
WHERE channel_id = :channel_id AND id >= :since_id AND author_id = :author_id AND type IN (0, 19);

-- name: find_message
-- Primary key.
SELECT m.id, m.channel_id, m.guild_id, m.author_id, m.type, m.flags, m.content, m.tts, m.pinned,
       m.mention_everyone, m.mentions, m.mention_roles, m.embeds, m.components, m.reference_type,
       m.reference_message_id, m.reference_channel_id, m.reference_guild_id, m.created_at, m.edited_at,
       r.id, r.channel_id, r.guild_id, r.author_id, r.type, r.flags, r.content, r.tts, r.pinned,
       r.mention_everyone, r.mentions, r.mention_roles, r.embeds, r.components, r.reference_type,
       r.reference_message_id, r.reference_channel_id, r.reference_guild_id, r.created_at, r.edited_at
FROM messages m
LEFT JOIN messages r ON r.channel_id = m.reference_channel_id AND r.id = m.reference_message_id
WHERE m.channel_id = :channel_id AND m.id = :message_id;

-- name: page_before
-- Newest first. Primary key backwards.
SELECT m.id, m.channel_id, m.guild_id, m.author_id, m.type, m.flags, m.content, m.tts, m.pinned,
       m.mention_everyone, m.mentions, m.mention_roles, m.embeds, m.components, m.reference_type,
       m.reference_message_id, m.reference_channel_id, m.reference_guild_id, m.created_at, m.edited_at,
       r.id, r.channel_id, r.guild_id, r.author_id, r.type, r.flags, r.content, r.tts, r.pinned,
       r.mention_everyone, r.mentions, r.mention_roles, r.embeds, r.components, r.reference_type,
       r.reference_message_id, r.reference_channel_id, r.reference_guild_id, r.created_at, r.edited_at
FROM messages m
LEFT JOIN messages r ON r.channel_id = m.reference_channel_id AND r.id = m.reference_message_id
WHERE m.channel_id = :channel_id AND m.id < :before
ORDER BY m.id DESC LIMIT :limit;

-- name: page_from
-- Oldest first, the id itself included. Primary key.
SELECT m.id, m.channel_id, m.guild_id, m.author_id, m.type, m.flags, m.content, m.tts, m.pinned,
       m.mention_everyone, m.mentions, m.mention_roles, m.embeds, m.components, m.reference_type,
       m.reference_message_id, m.reference_channel_id, m.reference_guild_id, m.created_at, m.edited_at,
       r.id, r.channel_id, r.guild_id, r.author_id, r.type, r.flags, r.content, r.tts, r.pinned,
       r.mention_everyone, r.mentions, r.mention_roles, r.embeds, r.components, r.reference_type,
       r.reference_message_id, r.reference_channel_id, r.reference_guild_id, r.created_at, r.edited_at
FROM messages m
LEFT JOIN messages r ON r.channel_id = m.reference_channel_id AND r.id = m.reference_message_id
WHERE m.channel_id = :channel_id AND m.id >= :from
ORDER BY m.id LIMIT :limit;

-- name: update_message
-- Primary key.
UPDATE messages
SET content = :content, flags = :flags, mention_everyone = :mention_everyone,
    mentions = :mentions::bigint[], mention_roles = :mention_roles::bigint[], embeds = :embeds::jsonb,
    components = :components::jsonb, edited_at = :edited_at
WHERE channel_id = :channel_id AND id = :message_id;

-- name: delete_messages
-- Primary key.
DELETE FROM messages WHERE channel_id = :channel_id AND id = ANY (:message_ids::bigint[]) RETURNING id;

-- name: welcome_place
-- Where a guild greets newcomers. Primary key.
SELECT owner_id, system_channel_id, system_channel_flags FROM guilds WHERE id = :guild_id;
