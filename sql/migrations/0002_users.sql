-- SPDX-License-Identifier: GPL-3.0-or-later
-- Accounts of people and bots, their sign-ins, and the applications that own bots.
-- Ids are snowflakes, times are milliseconds since 1970 (UTC).

CREATE TABLE instance_secrets (
    name text PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE users (
    id bigint PRIMARY KEY,
    username text NOT NULL UNIQUE,
    email text UNIQUE,
    password_hash text,
    global_name text,
    avatar text,
    banner text,
    accent_color integer,
    bot boolean NOT NULL DEFAULT false,
    flags integer NOT NULL DEFAULT 0,
    public_flags integer NOT NULL DEFAULT 0,
    disabled boolean NOT NULL DEFAULT false,
    administrator boolean NOT NULL DEFAULT false,
    tokens_valid_after bigint NOT NULL DEFAULT 0,
    created_at bigint NOT NULL,
    CONSTRAINT users_username_is_lower CHECK (username = lower(username)),
    CONSTRAINT users_email_is_lower CHECK (email = lower(email)),
    CONSTRAINT users_people_sign_in CHECK (bot OR (email IS NOT NULL AND password_hash IS NOT NULL))
);

CREATE TABLE auth_sessions (
    id bigint PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint
);
CREATE INDEX auth_sessions_user ON auth_sessions (user_id);
CREATE INDEX auth_sessions_expiry ON auth_sessions (expires_at);

-- A bot's user has the id of its application.
CREATE TABLE applications (
    id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    owner_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name text NOT NULL,
    icon text,
    description text NOT NULL DEFAULT '',
    bot_public boolean NOT NULL DEFAULT true,
    verify_key text NOT NULL,
    token_digest text UNIQUE,
    created_at bigint NOT NULL
);
CREATE INDEX applications_owner ON applications (owner_id);
