#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when a migration that a released version holds is edited or gone: databases in the field remember
# its checksum and would refuse the next start. Released is what the newest tag v* reaches.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! git rev-parse --git-dir >/dev/null 2>&1; then
    echo "not a git checkout: nothing to compare with"
    exit 77
fi
release=$(git describe --tags --abbrev=0 --match 'v*' 2>/dev/null || true)
if [ -z "$release" ]; then
    echo "no release yet: every migration may still change"
    exit 0
fi
changed=$(git diff --name-status --diff-filter=MDR "$release" -- 'sql/migrations/*.sql')
if [ -n "$changed" ]; then
    echo "released with $release and changed since; write a new migration instead:"
    echo "$changed"
    exit 1
fi
