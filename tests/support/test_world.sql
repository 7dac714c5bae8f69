-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rows that tests start from.

-- name: insert_user
INSERT INTO users (id, username, email, password_hash, created_at)
VALUES (:id, :username, :email, 'not a hash', :created_at);

-- name: insert_bot
INSERT INTO users (id, username, bot, created_at) VALUES (:id, :username, true, :created_at);

-- name: insert_application
INSERT INTO applications (id, owner_id, name, verify_key, created_at)
VALUES (:id, :owner_id, :name, repeat('0', 64), :created_at);

-- name: name_user
UPDATE users SET global_name = :global_name WHERE id = :id;

-- name: is_administrator
SELECT administrator FROM users WHERE id = :id;

-- name: disable_user
UPDATE users SET disabled = true WHERE id = :id;

-- name: set_bot_token
UPDATE applications SET token_digest = :digest WHERE id = :id;

-- name: count_auth_sessions
SELECT count(*) FROM auth_sessions;

-- name: set_tokens_valid_after
UPDATE users SET tokens_valid_after = :time WHERE id = :id;

-- name: insert_ban
INSERT INTO bans (guild_id, user_id, created_at) VALUES (:guild_id, :user_id, 0);

-- name: delete_channel
DELETE FROM channels WHERE id = :channel_id;
