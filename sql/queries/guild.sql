-- SPDX-License-Identifier: GPL-3.0-or-later
-- Guilds and their settings, and the lists of them that accounts see.

-- name: insert_guild
INSERT INTO guilds (id, name, owner_id, icon, description, verification_level, default_message_notifications,
                    explicit_content_filter, afk_channel_id, afk_timeout, system_channel_id,
                    system_channel_flags, created_at)
VALUES (:id, :name, :owner_id, :icon, :description, :verification_level, :default_message_notifications,
        :explicit_content_filter, :afk_channel_id, :afk_timeout, :system_channel_id,
        :system_channel_flags, :created_at);

-- name: insert_channels
-- The channels of a guild that is being made, categories before their children.
INSERT INTO channels (id, guild_id, type, name, topic, position, parent_id, nsfw, rate_limit_per_user,
                      default_auto_archive_duration, default_thread_rate_limit_per_user, bitrate, user_limit,
                      rtc_region, video_quality_mode, created_at)
SELECT c.id, :guild_id, c.type, c.name, c.topic, c.position, c.parent_id, c.nsfw, c.rate_limit_per_user,
       c.archive_duration, c.thread_rate_limit, c.bitrate, c.user_limit, c.rtc_region, c.video_quality_mode,
       :created_at
FROM unnest(:ids::bigint[], :types::integer[], :names::text[], :topics::text[], :positions::integer[],
            :parent_ids::bigint[], :nsfw::boolean[], :rate_limits::integer[], :archive_durations::integer[],
            :thread_rate_limits::integer[], :bitrates::integer[], :user_limits::integer[],
            :rtc_regions::text[], :video_quality_modes::integer[])
     AS c (id, type, name, topic, position, parent_id, nsfw, rate_limit_per_user, archive_duration,
           thread_rate_limit, bitrate, user_limit, rtc_region, video_quality_mode);

-- name: insert_overwrites
-- Those of the channels of a guild that is being made.
INSERT INTO overwrites (channel_id, target_id, type, allow, deny)
SELECT o.channel_id, o.target_id, o.type, o.allow, o.deny
FROM unnest(:channel_ids::bigint[], :target_ids::bigint[], :types::integer[], :allows::bigint[],
            :denies::bigint[])
     AS o (channel_id, target_id, type, allow, deny);

-- name: guild
-- Primary key.
SELECT id, name, owner_id, icon, banner, description, verification_level, default_message_notifications,
       explicit_content_filter, afk_channel_id, afk_timeout, system_channel_id, system_channel_flags,
       rules_channel_id, public_updates_channel_id, preferred_locale, premium_progress_bar_enabled, features
FROM guilds WHERE id = :guild_id;

-- name: lock_guild
-- Nobody else changes the guild's settings, and no member of it leaves, until the transaction ends.
-- Primary key.
SELECT id FROM guilds WHERE id = :guild_id FOR NO KEY UPDATE;

-- name: update_guild
-- Primary key.
UPDATE guilds
SET name = :name, owner_id = :owner_id, icon = :icon, banner = :banner, description = :description,
    verification_level = :verification_level, default_message_notifications = :default_message_notifications,
    explicit_content_filter = :explicit_content_filter, afk_channel_id = :afk_channel_id,
    afk_timeout = :afk_timeout, system_channel_id = :system_channel_id,
    system_channel_flags = :system_channel_flags, rules_channel_id = :rules_channel_id,
    public_updates_channel_id = :public_updates_channel_id, preferred_locale = :preferred_locale,
    premium_progress_bar_enabled = :premium_progress_bar_enabled, features = :features::text[]
WHERE id = :guild_id;

-- name: delete_guild
-- Primary key; roles, members, channels, messages and invites go with it.
DELETE FROM guilds WHERE id = :guild_id;

-- name: is_member
-- Primary key of guild_members.
SELECT EXISTS (SELECT 1 FROM guild_members WHERE guild_id = :guild_id AND user_id = :user_id);

-- name: channel_types
-- Those of the channels that are the guild's. Unique index channels (guild_id, id).
SELECT id, type FROM channels WHERE guild_id = :guild_id AND id = ANY (:channel_ids::bigint[]);

-- name: own_guilds_after
-- The account's guilds above an id, ascending. Index guild_members_user, then primary keys.
SELECT g.id, g.name, g.icon, g.banner, g.owner_id, g.features, true, m.communication_disabled_until,
       everyone.permissions,
       COALESCE((SELECT bit_or(r.permissions) FROM member_roles held JOIN roles r ON r.id = held.role_id
                 WHERE held.guild_id = m.guild_id AND held.user_id = m.user_id), 0)
FROM guild_members m
JOIN guilds g ON g.id = m.guild_id
JOIN roles everyone ON everyone.id = g.id
WHERE m.user_id = :user_id AND m.guild_id > :after
ORDER BY m.guild_id
LIMIT :limit;

-- name: own_guilds_before
-- The account's guilds below an id, descending. Index guild_members_user backwards.
SELECT g.id, g.name, g.icon, g.banner, g.owner_id, g.features, true, m.communication_disabled_until,
       everyone.permissions,
       COALESCE((SELECT bit_or(r.permissions) FROM member_roles held JOIN roles r ON r.id = held.role_id
                 WHERE held.guild_id = m.guild_id AND held.user_id = m.user_id), 0)
FROM guild_members m
JOIN guilds g ON g.id = m.guild_id
JOIN roles everyone ON everyone.id = g.id
WHERE m.user_id = :user_id AND m.guild_id < :before
ORDER BY m.guild_id DESC
LIMIT :limit;

-- name: reachable_guilds
-- The account's guilds and those open to anybody, above an id. Indexes guild_members_user and
-- guilds_discoverable; cut off before the join, or the planner would walk through guilds in order
-- until it has enough.
SELECT g.id, g.name, g.icon, g.banner, g.owner_id, g.features, m.user_id IS NOT NULL,
       m.communication_disabled_until, everyone.permissions,
       COALESCE((SELECT bit_or(r.permissions) FROM member_roles held JOIN roles r ON r.id = held.role_id
                 WHERE held.guild_id = m.guild_id AND held.user_id = m.user_id), 0)
FROM (SELECT guild_id AS id FROM guild_members WHERE user_id = :user_id AND guild_id > :after
      UNION
      SELECT id FROM guilds WHERE 'DISCOVERABLE' = ANY (features) AND id > :after
      ORDER BY id
      LIMIT :limit) reachable
JOIN guilds g ON g.id = reachable.id
JOIN roles everyone ON everyone.id = g.id
LEFT JOIN guild_members m ON m.guild_id = g.id AND m.user_id = :user_id
ORDER BY g.id;

-- name: reachable_guild
-- One guild as the lists show it. Primary keys.
SELECT g.id, g.name, g.icon, g.banner, g.owner_id, g.features, m.user_id IS NOT NULL,
       m.communication_disabled_until, everyone.permissions,
       COALESCE((SELECT bit_or(r.permissions) FROM member_roles held JOIN roles r ON r.id = held.role_id
                 WHERE held.guild_id = m.guild_id AND held.user_id = m.user_id), 0)
FROM guilds g
JOIN roles everyone ON everyone.id = g.id
LEFT JOIN guild_members m ON m.guild_id = g.id AND m.user_id = :user_id
WHERE g.id = :guild_id;

-- name: member_counts
-- How many members each of the guilds has. Primary key of guild_members, by its first column.
SELECT guild_id, count(*) FROM guild_members
WHERE guild_id = ANY (:guild_ids::bigint[])
GROUP BY guild_id;

-- name: clear_channel
-- The guild forgets a channel that is gone, wherever its settings name it; no row when they did not.
-- Primary key.
UPDATE guilds
SET afk_channel_id = NULLIF(afk_channel_id, :channel_id),
    system_channel_id = NULLIF(system_channel_id, :channel_id),
    rules_channel_id = NULLIF(rules_channel_id, :channel_id),
    public_updates_channel_id = NULLIF(public_updates_channel_id, :channel_id)
WHERE id = :guild_id
  AND :channel_id IN (afk_channel_id, system_channel_id, rules_channel_id, public_updates_channel_id);
