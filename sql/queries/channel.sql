-- SPDX-License-Identifier: GPL-3.0-or-later
-- Channels of guilds and their overwrites. last_message_id is read from the messages' primary key,
-- so that posting does not update its channel.

-- name: lock_guild
-- Serialises changes of one guild's channels, and holds up nobody who only refers to the guild, such
-- as somebody who joins. Primary key.
SELECT id FROM guilds WHERE id = :guild_id FOR NO KEY UPDATE;

-- name: list_channels
-- Unique index (guild_id, id), then the primary key of messages backwards.
SELECT c.id, c.type, c.guild_id, c.name, c.position, c.parent_id, c.flags, c.nsfw, c.topic,
       c.rate_limit_per_user, (SELECT max(m.id) FROM messages m WHERE m.channel_id = c.id),
       c.last_pin_at, c.default_auto_archive_duration, c.default_thread_rate_limit_per_user,
       c.bitrate, c.user_limit, c.rtc_region, c.video_quality_mode
FROM channels c WHERE c.guild_id = :guild_id ORDER BY c.id;

-- name: find_channels
-- Primary keys.
SELECT c.id, c.type, c.guild_id, c.name, c.position, c.parent_id, c.flags, c.nsfw, c.topic,
       c.rate_limit_per_user, (SELECT max(m.id) FROM messages m WHERE m.channel_id = c.id),
       c.last_pin_at, c.default_auto_archive_duration, c.default_thread_rate_limit_per_user,
       c.bitrate, c.user_limit, c.rtc_region, c.video_quality_mode
FROM channels c WHERE c.id = ANY (:channel_ids::bigint[]) AND c.guild_id IS NOT NULL ORDER BY c.id;

-- name: overwrites_of_guild
-- Unique index of channels, then the primary key of overwrites.
SELECT o.channel_id, o.target_id, o.type, o.allow, o.deny
FROM channels c JOIN overwrites o ON o.channel_id = c.id
WHERE c.guild_id = :guild_id ORDER BY o.channel_id, o.target_id;

-- name: overwrites_of_channels
-- Primary key, by its first column.
SELECT channel_id, target_id, type, allow, deny
FROM overwrites WHERE channel_id = ANY (:channel_ids::bigint[]) ORDER BY channel_id, target_id;

-- name: insert_channel
-- Unique index (guild_id, id) for the position.
INSERT INTO channels (id, guild_id, type, name, topic, position, parent_id, nsfw, rate_limit_per_user,
                      default_auto_archive_duration, default_thread_rate_limit_per_user, bitrate, user_limit,
                      rtc_region, video_quality_mode, created_at)
VALUES (:id, :guild_id, :type, :name, :topic,
        COALESCE(:position::integer,
                 (SELECT COALESCE(max(position), -1) + 1 FROM channels WHERE guild_id = :guild_id)),
        :parent_id, :nsfw, :rate_limit_per_user, :default_auto_archive_duration,
        :default_thread_rate_limit_per_user, :bitrate, :user_limit, :rtc_region, :video_quality_mode,
        :created_at);

-- name: update_channel
-- Primary key.
UPDATE channels
SET type = :type, name = :name, topic = :topic, position = :position, parent_id = :parent_id, nsfw = :nsfw,
    rate_limit_per_user = :rate_limit_per_user,
    default_auto_archive_duration = :default_auto_archive_duration,
    default_thread_rate_limit_per_user = :default_thread_rate_limit_per_user, bitrate = :bitrate,
    user_limit = :user_limit, rtc_region = :rtc_region, video_quality_mode = :video_quality_mode
WHERE id = :channel_id;

-- name: place_channels
-- Primary key.
UPDATE channels c
SET position = moved.position, parent_id = moved.parent_id
FROM unnest(:channel_ids::bigint[], :positions::integer[], :parent_ids::bigint[]) AS moved (id, position, parent_id)
WHERE c.guild_id = :guild_id AND c.id = moved.id;

-- name: delete_channel
-- Primary key; messages, overwrites and invites go with it.
DELETE FROM channels WHERE id = :channel_id;

-- name: children_of
-- Index channels_parent.
SELECT id FROM channels WHERE guild_id = :guild_id AND parent_id = :parent_id ORDER BY id;

-- name: insert_overwrites
-- Unique index or primary key of channels.
INSERT INTO overwrites (channel_id, target_id, type, allow, deny)
SELECT t.channel_id, t.target_id, t.type, t.allow, t.deny
FROM unnest(:channel_ids::bigint[], :target_ids::bigint[], :types::integer[], :allows::bigint[],
            :denies::bigint[])
     AS t (channel_id, target_id, type, allow, deny)
JOIN channels c ON c.id = t.channel_id AND c.guild_id = :guild_id;

-- name: delete_overwrites
-- Unique index of channels, then the primary key, by its first column.
DELETE FROM overwrites o USING channels c
WHERE c.guild_id = :guild_id AND c.id = ANY (:channel_ids::bigint[]) AND o.channel_id = c.id;

-- name: put_overwrite
-- Primary key.
INSERT INTO overwrites (channel_id, target_id, type, allow, deny)
VALUES (:channel_id, :target_id, :type, :allow, :deny)
ON CONFLICT (channel_id, target_id) DO UPDATE SET type = excluded.type, allow = excluded.allow, deny = excluded.deny;

-- name: delete_overwrite
-- Primary key.
DELETE FROM overwrites WHERE channel_id = :channel_id AND target_id = :target_id;

-- name: delete_overwrites_of_role
-- Index overwrites_target.
DELETE FROM overwrites WHERE target_id = :role_id AND type = 0 RETURNING channel_id;

-- name: existing_targets
-- What an overwrite can be about, among the ids: roles of the guild (type 0) and people (1). Primary keys.
SELECT id, 0 FROM roles WHERE guild_id = :guild_id AND id = ANY (:target_ids::bigint[])
UNION ALL
SELECT id, 1 FROM users WHERE id = ANY (:target_ids::bigint[]);
