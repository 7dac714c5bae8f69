-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who serves this database. The lock lives as long as the session that took it.

-- name: take_lease
-- Whether this session has the lease, now or already: taken again, it would be counted twice.
-- read
SELECT CASE
    WHEN EXISTS (SELECT FROM pg_locks
                 WHERE locktype = 'advisory' AND classid = 1735289204 AND objid = 1 AND objsubid = 2
                     AND pid = pg_backend_pid()
                     AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
    THEN true
    ELSE pg_try_advisory_lock(1735289204, 1)
END;
