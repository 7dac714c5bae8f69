-- SPDX-License-Identifier: GPL-3.0-or-later
-- Guilds with their roles and members.

CREATE TABLE guilds (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    owner_id bigint NOT NULL REFERENCES users (id),
    icon text,
    banner text,
    description text,
    verification_level integer NOT NULL DEFAULT 0,
    default_message_notifications integer NOT NULL DEFAULT 0,
    explicit_content_filter integer NOT NULL DEFAULT 0,
    afk_channel_id bigint,
    afk_timeout integer NOT NULL DEFAULT 300,
    system_channel_id bigint,
    system_channel_flags integer NOT NULL DEFAULT 0,
    rules_channel_id bigint,
    public_updates_channel_id bigint,
    preferred_locale text NOT NULL DEFAULT 'en-US',
    premium_progress_bar_enabled boolean NOT NULL DEFAULT false,
    features text[] NOT NULL DEFAULT '{}',
    created_at bigint NOT NULL
);
CREATE INDEX guilds_owner ON guilds (owner_id);
CREATE INDEX guilds_discoverable ON guilds (id) WHERE 'DISCOVERABLE' = ANY (features);

-- The @everyone role has the id of its guild.
CREATE TABLE roles (
    id bigint PRIMARY KEY,
    guild_id bigint NOT NULL REFERENCES guilds (id) ON DELETE CASCADE,
    name text NOT NULL,
    color integer NOT NULL DEFAULT 0,
    secondary_color integer,
    tertiary_color integer,
    hoist boolean NOT NULL DEFAULT false,
    icon text,
    unicode_emoji text,
    position integer NOT NULL,
    permissions bigint NOT NULL,
    managed boolean NOT NULL DEFAULT false,
    mentionable boolean NOT NULL DEFAULT false,
    bot_id bigint,
    created_at bigint NOT NULL,
    UNIQUE (guild_id, id)
);

CREATE TABLE guild_members (
    guild_id bigint NOT NULL REFERENCES guilds (id) ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    nick text,
    avatar text,
    joined_at bigint NOT NULL,
    deaf boolean NOT NULL DEFAULT false,
    mute boolean NOT NULL DEFAULT false,
    flags integer NOT NULL DEFAULT 0,
    communication_disabled_until bigint,
    PRIMARY KEY (guild_id, user_id)
);
CREATE INDEX guild_members_user ON guild_members (user_id, guild_id);

CREATE TABLE member_roles (
    guild_id bigint NOT NULL,
    user_id bigint NOT NULL,
    role_id bigint NOT NULL,
    PRIMARY KEY (guild_id, user_id, role_id),
    FOREIGN KEY (guild_id, user_id) REFERENCES guild_members (guild_id, user_id) ON DELETE CASCADE,
    FOREIGN KEY (guild_id, role_id) REFERENCES roles (guild_id, id) ON DELETE CASCADE
);
CREATE INDEX member_roles_role ON member_roles (role_id);

CREATE TABLE bans (
    guild_id bigint NOT NULL REFERENCES guilds (id) ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    reason text,
    created_at bigint NOT NULL,
    PRIMARY KEY (guild_id, user_id)
);
