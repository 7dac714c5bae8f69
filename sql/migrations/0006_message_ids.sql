-- SPDX-License-Identifier: GPL-3.0-or-later
-- The newest message of all channels, at once: a start makes no id below those that are stored.
CREATE INDEX messages_id ON messages (id);
