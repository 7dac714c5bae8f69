#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks the files that are installed as they are: the unit is valid and well confined, the desktop entry
# and the maintainer scripts are sound. Ends with 77, which ctest counts as skipped, where no tool is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checked=0

for script in debian/server/postinst debian/server/prerm debian/server/postrm; do
    sh -n "$script"
    [ -x "$script" ] || { echo "$script must be executable"; exit 1; }
    grep -qx 'set -e' "$script" || { echo "$script must stop at the first error"; exit 1; }
done

if command -v systemd-analyze >/dev/null; then
    # The program itself is not installed where this runs.
    sed 's|/usr/bin/guildhalld|/bin/true|' systemd/guildhalld.service >"$work/guildhalld.service"
    systemd-analyze verify --man=no "$work/guildhalld.service"
    # 0 is confined, 10 is not; the threshold is in tenths.
    systemd-analyze security --offline=yes --threshold=20 --no-pager "$work/guildhalld.service" | tail -n 1
    checked=$((checked + 1))
fi
if command -v desktop-file-validate >/dev/null; then
    desktop-file-validate desktop/guildhall-admin.desktop
    checked=$((checked + 1))
fi
if [ "$checked" = 0 ]; then
    echo "neither systemd-analyze nor desktop-file-validate is installed"
    exit 77
fi
