-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the migrator asks and writes.

-- name: server_encoding
SELECT current_setting('server_encoding');

-- name: has_bookkeeping
SELECT to_regclass('schema_migrations') IS NOT NULL;

-- name: list_applied
-- The whole table, a few dozen rows.
SELECT name, sha256 FROM schema_migrations ORDER BY name COLLATE "C";

-- name: record_applied
INSERT INTO schema_migrations (name, sha256, applied_at)
VALUES (:name, :sha256, (extract(epoch FROM clock_timestamp()) * 1000)::bigint);

-- name: lock_schema
-- Held until the end of the transaction; every node asks for this number and no other.
-- read
WITH locked AS MATERIALIZED (SELECT pg_advisory_xact_lock(7451037802321897))
SELECT FROM locked;
