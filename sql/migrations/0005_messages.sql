-- SPDX-License-Identifier: GPL-3.0-or-later
-- Messages. The primary key is what pages are read by: a channel's messages lie together, by id.

CREATE TABLE messages (
    id bigint NOT NULL,
    channel_id bigint NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    guild_id bigint,
    author_id bigint NOT NULL REFERENCES users (id),
    type integer NOT NULL DEFAULT 0,
    flags integer NOT NULL DEFAULT 0,
    content text NOT NULL,
    tts boolean NOT NULL DEFAULT false,
    pinned boolean NOT NULL DEFAULT false,
    mention_everyone boolean NOT NULL DEFAULT false,
    mentions bigint[] NOT NULL DEFAULT '{}',
    mention_roles bigint[] NOT NULL DEFAULT '{}',
    embeds jsonb,
    components jsonb,
    reference_type integer,
    reference_message_id bigint,
    reference_channel_id bigint,
    reference_guild_id bigint,
    created_at bigint NOT NULL,
    edited_at bigint,
    PRIMARY KEY (channel_id, id)
);
CREATE INDEX messages_author ON messages (author_id);

-- Nonces that a sender wants enforced: one message per author, channel and nonce within five
-- minutes, also for twins that arrive at the same moment on two nodes.
CREATE TABLE message_nonces (
    channel_id bigint NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    author_id bigint NOT NULL,
    nonce text NOT NULL,
    message_id bigint NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (channel_id, author_id, nonce)
);
CREATE INDEX message_nonces_age ON message_nonces (created_at);
