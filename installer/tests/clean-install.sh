#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clean-install.sh FOLDER: the packages of FOLDER in a clean Debian 12. Installs them, starts guildhalld
# as its user, registers somebody over HTTP, removes and purges, and looks for what is left behind.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages=$(cd "${1:?folder with the .deb files}" && pwd)
# shellcheck disable=SC2154 source=installer/tests/clean_debian.sh
. "$here/clean_debian.sh"

step() { printf '==> %s\n' "$*"; }
fail() {
    printf 'clean-install: %s\n' "$*" >&2
    [ ! -f "$debian_root/daemon.log" ] || tail -n 40 "$debian_root/daemon.log" >&2
    exit 1
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

install_packages() {
    local names
    names=$(cd "$packages" && echo guildhall-*.deb)
    cp "$packages"/guildhall-*.deb "$debian_root/root/"
    step "installing $names"
    apt_inside update
    # shellcheck disable=SC2086,SC2046 # the names are split at blanks on purpose
    apt_inside install --no-install-recommends $(printf '/root/%s ' $names)
    inside getent passwd guildhall >/dev/null || fail "the user guildhall was not made"
    [ "$(inside stat -c '%U:%G %a' /etc/guildhall/guildhall.env)" = "root:guildhall 640" ] ||
        fail "guildhall.env has the wrong owner or mode"
    [ "$(inside stat -c '%U:%G %a' /var/lib/guildhall)" = "guildhall:guildhall 750" ] ||
        fail "/var/lib/guildhall has the wrong owner or mode"
    ! inside ldd /usr/bin/guildhalld /usr/bin/guildhall-admin | grep 'not found' || fail "libraries are missing"
}

start_daemon() {
    port=$(free_port)
    step "starting guildhalld as its user, port $port"
    inside setpriv --reuid guildhall --regid guildhall --clear-groups \
        env HOME=/var/lib/guildhall PORT="$port" METRICS_LISTEN="127.0.0.1:$(free_port)" \
        sh -c 'cd /var/lib/guildhall && exec guildhalld run --config /etc/guildhall/guildhall.env' \
        >"$debian_root/daemon.log" 2>&1 &
    local tries
    for tries in $(seq 120); do
        curl -sf -o /dev/null "http://127.0.0.1:$port/health" && return
        [ -n "$(jobs -pr)" ] || fail "guildhalld ended instead of getting ready"
        sleep 0.5
    done
    fail "guildhalld was not ready after $((tries / 2)) s"
}

register_somebody() {
    step "registering somebody"
    local answer
    answer=$(curl -s -w '\n%{http_code}' -H 'Content-Type: application/json' \
        -d '{"username":"ann","email":"ann@example.org","password":"correct horse battery"}' \
        "http://127.0.0.1:$port/auth/register")
    [ "${answer##*$'\n'}" = 201 ] || fail "registering was answered $answer"
    [[ $answer == *access_token* ]] || fail "registering gave no token: $answer"
}

remove_packages() {
    step "removing the packages while the daemon runs"
    apt_inside remove guildhall-server guildhall-admin
    wait || true
    local left
    left=$(debian_processes)
    # shellcheck disable=SC2086 # a list of ids
    [ -z "$left" ] || fail "still running after the removal: $(ps -o pid=,args= -p ${left//$'\n'/,})"
    [ -d "$debian_root/var/lib/guildhall" ] || fail "removing took the data"
    [ -f "$debian_root/etc/guildhall/guildhall.env" ] || fail "removing took the settings"
}

purge_packages() {
    step "purging"
    apt_inside purge guildhall-server  # of the console nothing is left to purge
    ! inside getent passwd guildhall >/dev/null || fail "purging left the user"
    local left
    left=$(cd "$debian_root" && find etc usr var run lib -iname '*guildhall*' -not -path 'var/log/*' \
        -not -path 'var/cache/apt/*' 2>/dev/null)
    [ -z "$left" ] || fail "purging left: $left"
}

clean_debian bookworm
install_packages
start_daemon
register_somebody
remove_packages
purge_packages
step "clean install, use, removal and purge: all well"
