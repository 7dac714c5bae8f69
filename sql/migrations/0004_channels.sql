-- SPDX-License-Identifier: GPL-3.0-or-later
-- Channels of guilds (and, with guild_id null, conversations between people), their overwrites, and
-- invites.

CREATE TABLE channels (
    id bigint PRIMARY KEY,
    guild_id bigint REFERENCES guilds (id) ON DELETE CASCADE,
    type integer NOT NULL,
    name text,
    topic text,
    position integer NOT NULL DEFAULT 0,
    parent_id bigint,
    nsfw boolean NOT NULL DEFAULT false,
    flags integer NOT NULL DEFAULT 0,
    rate_limit_per_user integer NOT NULL DEFAULT 0,
    last_pin_at bigint,
    default_auto_archive_duration integer,
    default_thread_rate_limit_per_user integer,
    bitrate integer,
    user_limit integer,
    rtc_region text,
    video_quality_mode integer,
    created_at bigint NOT NULL,
    UNIQUE (guild_id, id),
    FOREIGN KEY (guild_id, parent_id) REFERENCES channels (guild_id, id) ON DELETE SET NULL (parent_id)
);
CREATE INDEX channels_parent ON channels (guild_id, parent_id);

-- type 0 is about a role, 1 about a member.
CREATE TABLE overwrites (
    channel_id bigint NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    target_id bigint NOT NULL,
    type integer NOT NULL CHECK (type IN (0, 1)),
    allow bigint NOT NULL DEFAULT 0,
    deny bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (channel_id, target_id),
    CHECK (allow & deny = 0)
);
CREATE INDEX overwrites_target ON overwrites (target_id);

CREATE TABLE invites (
    code text PRIMARY KEY,
    guild_id bigint NOT NULL REFERENCES guilds (id) ON DELETE CASCADE,
    channel_id bigint NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    inviter_id bigint REFERENCES users (id) ON DELETE SET NULL,
    max_age integer NOT NULL,
    max_uses integer NOT NULL,
    uses integer NOT NULL DEFAULT 0,
    temporary boolean NOT NULL DEFAULT false,
    created_at bigint NOT NULL,
    expires_at bigint
);
CREATE INDEX invites_guild ON invites (guild_id);
CREATE INDEX invites_channel ON invites (channel_id);
