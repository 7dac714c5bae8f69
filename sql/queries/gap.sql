-- SPDX-License-Identifier: GPL-3.0-or-later
-- What became of a COMMIT whose answer was lost.

-- name: mark
-- Takes a transaction number: those that ran before have lower ones.
SELECT CAST(CAST(pg_current_xact_id() AS xid) AS text);

-- name: is_decided
-- Whether every transaction of this database that has a lower number has ended, and its outcome can
-- be seen by whoever reads from now on.
SELECT NOT EXISTS (
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL
        AND age(backend_xid) > age(CAST(CAST(:mark AS text) AS xid)));
