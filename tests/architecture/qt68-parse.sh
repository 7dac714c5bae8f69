#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Parses every source against Qt 6.8, which a clean Debian 13 in a folder provides: the baseline is 6.4,
# and both must work. Configures there as well, so that the CMake files are tried too. Needs root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck disable=SC2154 source=installer/tests/clean_debian.sh
. installer/tests/clean_debian.sh

step() { printf '==> %s\n' "$*"; }

clean_debian trixie
apt_inside update
# The same list as ./dev, read from there.
packages=$(sed -n '/^packages_build="/,/"$/p' dev | tr -d '"' | sed 's/^packages_build=//')
step "installing what a build needs"
# shellcheck disable=SC2086 # a list
apt_inside install --no-install-recommends python3 qt6-base-private-dev $packages

step "configuring against Qt $(inside qmake6 -query QT_VERSION)"
mkdir "$debian_root/src"
tar -c --exclude=./build --exclude=./.git --exclude=node_modules . | tar -x -C "$debian_root/src"
inside cmake -S /src -B /build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
    >"$debian_root/configure.log" 2>&1 || { tail -n 30 "$debian_root/configure.log" >&2; exit 1; }
inside sh -c "ninja -C /build -t targets all | sed -n 's/^\(guildhall_sql_[a-z0-9_]*\): phony\$/\1/p' |
    xargs -r ninja -C /build --quiet"

step "parsing every source"
inside python3 -B /src/tests/architecture/parse_sources.py /build /src
