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
