-- SPDX-License-Identifier: GPL-3.0-or-later
-- Ids that were made of the time.

-- name: newest_id
-- The greatest of all; 0 when there is none. The end of each primary key, and of messages_id.
SELECT coalesce(greatest(
    (SELECT max(id) FROM users),
    (SELECT max(id) FROM auth_sessions),
    (SELECT max(id) FROM guilds),
    (SELECT max(id) FROM roles),
    (SELECT max(id) FROM channels),
    (SELECT max(id) FROM messages)), 0);
