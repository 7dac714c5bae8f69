#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Clears up after one daemon of the tests when the test that started it is gone, however that ended.
# keeper.sh FOLDER; standard input: the process id of the daemon at each start, an empty line when it has ended.
folder=$1
trap '' INT TERM HUP
daemon=
while read -r line; do daemon=$line; done

# Process ids are used again: only a process that knows our folder is ended.
if [ -n "$daemon" ] && tr '\0' '\n' <"/proc/$daemon/environ" 2>/dev/null | grep -qxF "DATA_DIR=$folder/data"; then
    kill -KILL "$daemon"
fi
postmaster=$(head -n 1 "$folder/data/postgres/data/postmaster.pid" 2>/dev/null)
if [ -n "$postmaster" ] && grep -qF "$folder/data" "/proc/$postmaster/cmdline" 2>/dev/null; then
    kill -QUIT "$postmaster"
    while kill -0 "$postmaster" 2>/dev/null; do sleep 0.05; done
fi
rm -rf "$folder"
