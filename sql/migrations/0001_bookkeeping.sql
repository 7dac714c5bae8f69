-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which migrations this database has seen. The migrator writes a row in the transaction of each.
CREATE TABLE schema_migrations (
    name       text   PRIMARY KEY, -- NNNN_title
    sha256     text   NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    applied_at bigint NOT NULL     -- ms since 1970, UTC
);
