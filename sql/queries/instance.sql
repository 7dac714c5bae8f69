-- SPDX-License-Identifier: GPL-3.0-or-later
-- Keys that are made once and that all nodes on one database share.

-- name: read_secret
-- Primary key.
SELECT value FROM instance_secrets WHERE name = :name;

-- name: keep_secret
-- Keeps a new key, unless another node was first. Primary key.
INSERT INTO instance_secrets (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING;
