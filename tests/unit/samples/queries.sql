-- SPDX-License-Identifier: GPL-3.0-or-later
-- For tst_query_generator: it's never run, only read; :this is no parameter.

-- name: insert_thing
-- Stores a thing; the :comment goes.
INSERT INTO things (id, name, tags)
VALUES (:id, :name, :tags::text[]) -- trailing :words
RETURNING id::bigint;

-- name: same_name
UPDATE things SET seen = :now, changed = :now WHERE id = :id AND owner = :owner;

-- name: quoted
SELECT 'it''s :not; -- one', "odd:column" FROM things WHERE name = :name;

-- name: odd_characters
SELECT tags[1], a[2:3], '[;', ']', '\', data ->> 'k', data ? 'j', 4 / 2 - 1, '${x} @y@'
FROM things WHERE name LIKE :pattern ESCAPE '\';

-- name: marked_read
-- read
WITH one AS (SELECT 1) SELECT * FROM one;

-- name: unmarked_with
WITH gone AS (DELETE FROM things WHERE id = :id RETURNING id) SELECT id FROM gone
