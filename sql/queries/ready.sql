-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: guilds_of_user
-- Index guild_members_user, which holds both columns.
SELECT guild_id FROM guild_members WHERE user_id = :user_id ORDER BY guild_id;
