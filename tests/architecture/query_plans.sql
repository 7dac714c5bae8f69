-- SPDX-License-Identifier: GPL-3.0-or-later
-- A database in which every table that grows is too big to be walked through: 20000 rows or more.
-- Ids are numbers of their own range, so that what refers to what can be reckoned.

-- name: fill_users
INSERT INTO users (id, username, email, password_hash, global_name, bot, created_at)
SELECT n, 'person' || n, 'person' || n || '@guildhall.test', 'not a hash', 'Person ' || n, n > 30000, n
FROM generate_series(1, 50000) AS n;

-- name: fill_auth_sessions
INSERT INTO auth_sessions (id, user_id, created_at, expires_at)
SELECT n, 1 + n % 20000, n, n + 1000000 FROM generate_series(1, 30000) AS n;

-- name: fill_applications
INSERT INTO applications (id, owner_id, name, verify_key, token_digest, created_at)
SELECT n, 1 + n % 5000, 'helper', repeat('0', 64), md5(n::text), n FROM generate_series(30001, 50000) AS n;

-- name: fill_guilds
-- One in a hundred is open to anybody.
INSERT INTO guilds (id, name, owner_id, features, created_at)
SELECT n, 'Guild ' || n, 1 + n % 20000, CASE WHEN n % 100 = 0 THEN '{DISCOVERABLE}'::text[] ELSE '{}' END, n
FROM generate_series(100001, 120000) AS n;

-- name: fill_everyone
INSERT INTO roles (id, guild_id, name, position, permissions, created_at)
SELECT id, id, '@everyone', 0, 1024, id FROM guilds;

-- name: fill_roles
INSERT INTO roles (id, guild_id, name, position, permissions, bot_id, created_at)
SELECT 200000 + n, 100001 + n % 20000, 'role', 1 + n / 20000, 1024, CASE WHEN n % 5 = 0 THEN 30001 + n % 20000 END, n
FROM generate_series(1, 60000) AS n;

-- name: fill_members
-- Guilds have a few members, and one in forty has hundreds.
INSERT INTO guild_members (guild_id, user_id, joined_at)
SELECT DISTINCT 100001 + CASE WHEN n % 2 = 0 THEN n % 20000 ELSE (n % 500) * 40 END, 1 + n * 7919 % 50000, n
FROM generate_series(1, 100000) AS n
ON CONFLICT DO NOTHING;

-- name: fill_member_roles
INSERT INTO member_roles (guild_id, user_id, role_id)
SELECT m.guild_id, m.user_id, r.id
FROM guild_members m JOIN roles r ON r.guild_id = m.guild_id AND r.position = 1;

-- name: fill_bans
INSERT INTO bans (guild_id, user_id, created_at)
SELECT 100001 + n % 20000, 1 + n * 31 % 30000, n FROM generate_series(1, 30000) AS n;

-- name: fill_channels
INSERT INTO channels (id, guild_id, type, name, position, parent_id, created_at)
SELECT 300000 + n, 100001 + n % 20000, CASE WHEN n <= 20000 THEN 4 ELSE 0 END, 'channel', n / 20000,
       CASE WHEN n > 20000 THEN 300000 + CASE WHEN n % 20000 = 0 THEN 20000 ELSE n % 20000 END END, n
FROM generate_series(1, 80000) AS n;

-- name: fill_overwrites
INSERT INTO overwrites (channel_id, target_id, type, allow, deny)
SELECT 300000 + n, 100001 + n % 20000, 0, 0, 1024 FROM generate_series(1, 60000) AS n;

-- name: fill_invites
INSERT INTO invites (code, guild_id, channel_id, inviter_id, max_age, max_uses, created_at, expires_at)
SELECT 'code' || n, 100001 + n % 20000, 300000 + n, 1 + n % 20000, 86400, 0, n, n + 86400000
FROM generate_series(1, 40000) AS n;

-- name: fill_messages
INSERT INTO messages (id, channel_id, guild_id, author_id, content, created_at)
SELECT 1000000 + n, 300001 + n % 2000, 100001 + (n % 2000 + 1) % 20000, 1 + n % 20000, 'Hello ' || n, n
FROM generate_series(1, 60000) AS n;

-- name: fill_message_nonces
INSERT INTO message_nonces (channel_id, author_id, nonce, message_id, created_at)
SELECT 300001 + n % 2000, 1 + n % 20000, n, 1000000 + n, n FROM generate_series(1, 30000) AS n;

-- name: small_tables
-- Those that nothing above filled; the planner may walk through them.
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples < 20000
ORDER BY relname;

-- name: leading_columns
-- The first column of each index.
SELECT i.indexrelid::regclass::text, a.attname
FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace = 'public'::regnamespace;

-- name: foreign_keys
-- Each with the statement by which PostgreSQL finds the rows that refer to one that is deleted.
SELECT c.conname,
       format('SELECT FROM ONLY %s WHERE %s', c.conrelid::regclass,
              string_agg(format('%I = $%s', a.attname, k.place), ' AND ' ORDER BY k.place))
FROM pg_constraint c
CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k (number, place)
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number
WHERE c.contype = 'f'
GROUP BY c.oid, c.conname, c.conrelid
ORDER BY c.conname;

-- name: parameters
-- How many the statement that is looked at has.
SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = 'statement';
