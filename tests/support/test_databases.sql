-- SPDX-License-Identifier: GPL-3.0-or-later
-- What tests/support/pg_cluster does with whole databases.

-- name: database_exists
SELECT EXISTS (SELECT FROM pg_database WHERE datname = :name);

-- name: list_test_databases
SELECT datname FROM pg_database WHERE datname LIKE 'test\_%\_%';

-- name: list_templates
SELECT datname FROM pg_database WHERE datname LIKE 'template\_%';

-- name: format_create
SELECT format('CREATE DATABASE %I TEMPLATE %I', :first::text, :second::text);

-- name: format_rename
SELECT format('ALTER DATABASE %I RENAME TO %I', :first::text, :second::text);

-- name: format_drop
SELECT format('DROP DATABASE IF EXISTS %I WITH (FORCE)', :first::text, :second::text);
