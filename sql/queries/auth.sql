-- SPDX-License-Identifier: GPL-3.0-or-later
-- Passwords, sign-ins and the tokens of bots.

-- name: password_by_email
-- Unique index on users.email.
SELECT id, password_hash, disabled FROM users
WHERE email = lower(:account::text) AND password_hash IS NOT NULL;

-- name: password_by_username
-- Unique index on users.username.
SELECT id, password_hash, disabled FROM users
WHERE username = lower(:account::text) AND password_hash IS NOT NULL;

-- name: password_of
-- Primary key.
SELECT id, password_hash, disabled FROM users WHERE id = :user_id AND password_hash IS NOT NULL;

-- name: hold_password
-- Whether the account still has the password that was proven, and may sign in; it then cannot
-- change before this transaction ends. Primary key.
SELECT password_hash = :password_hash AND NOT disabled FROM users WHERE id = :user_id FOR NO KEY UPDATE;

-- name: store_password
-- Primary key.
UPDATE users SET password_hash = :password_hash WHERE id = :user_id;

-- name: end_tokens
-- Tokens from before `valid_after` are dead, and so is every sign-in. Primary key of users, index
-- auth_sessions_user.
WITH account AS (UPDATE users SET tokens_valid_after = :valid_after WHERE id = :user_id)
UPDATE auth_sessions SET revoked_at = :valid_after WHERE user_id = :user_id AND revoked_at IS NULL;

-- name: insert_session
INSERT INTO auth_sessions (id, user_id, created_at, expires_at)
VALUES (:id, :user_id, :created_at, :expires_at);

-- name: revoke_session
-- Primary key.
UPDATE auth_sessions SET revoked_at = :now WHERE id = :id AND user_id = :user_id AND revoked_at IS NULL;

-- name: session_state
-- What decides whether a person's token is good. Primary keys.
SELECT s.revoked_at IS NOT NULL, u.disabled, u.tokens_valid_after
FROM auth_sessions s JOIN users u ON u.id = s.user_id
WHERE s.id = :id AND s.user_id = :user_id;

-- name: bot_state
-- What decides whether a bot's token is good. Primary keys.
SELECT a.token_digest, u.disabled
FROM applications a JOIN users u ON u.id = a.id
WHERE a.id = :bot_id AND u.bot;

-- name: delete_expired_sessions
-- Their tokens are refused by their own date already. Index auth_sessions_expiry.
DELETE FROM auth_sessions WHERE expires_at <= :now;
