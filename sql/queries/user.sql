-- SPDX-License-Identifier: GPL-3.0-or-later
-- Accounts of people and bots, as they look. Passwords and sign-ins are in auth.sql.
-- Mail addresses are lower-cased here, by the same function as the table's check.

-- name: find_users
-- Primary key.
SELECT id, username, global_name, avatar, banner, accent_color, public_flags, flags, bot, email
FROM users WHERE id = ANY(:ids::bigint[]);

-- name: names_in_use
-- Whether another account has the name, and the address. Unique indexes of users.
SELECT EXISTS (SELECT 1 FROM users WHERE username = :username::text AND id <> :except),
       EXISTS (SELECT 1 FROM users WHERE email = lower(:email::text) AND id <> :except);

-- name: insert_user
INSERT INTO users (id, username, email, password_hash, global_name, bot, administrator, created_at)
VALUES (:id, :username, lower(:email::text), :password_hash, :global_name, :bot, :administrator, :created_at)
RETURNING id, username, global_name, avatar, banner, accent_color, public_flags, flags, bot, email;

-- name: change_user
-- Changes what is given; a `sets_` of false leaves a column that may be null as it is. Primary key.
UPDATE users
SET username = COALESCE(:username::text, username),
    email = COALESCE(lower(:email::text), email),
    global_name = CASE WHEN :sets_global_name THEN :global_name::text ELSE global_name END,
    avatar = CASE WHEN :sets_avatar THEN :avatar::text ELSE avatar END,
    banner = CASE WHEN :sets_banner THEN :banner::text ELSE banner END
WHERE id = :id
RETURNING id, username, global_name, avatar, banner, accent_color, public_flags, flags, bot, email;

-- name: disable_user
-- The account can do nothing any more; what it wrote stays. Primary key.
UPDATE users SET disabled = true WHERE id = :id;
