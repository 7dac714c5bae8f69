-- SPDX-License-Identifier: GPL-3.0-or-later
-- For pgbench: the columns of insert_messages (sql/queries/message.sql), one row and one commit.
-- Ids rise through all clients, as the server's do.
\set n :n + 1
\set id :first_id + :n * 64 + :client_id
INSERT INTO messages (id, channel_id, guild_id, author_id, type, flags, content, tts, mention_everyone,
                      mentions, mention_roles, embeds, components, reference_type, reference_message_id,
                      reference_channel_id, reference_guild_id, created_at)
VALUES (:id, :channel_id, :guild_id, :author_id, 0, 0, :content, false, false,
        '{}', '{}', NULL, NULL, NULL, NULL, NULL, NULL, :id);
