# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A clean Debian in a folder, for tests that must not profit from what this machine has. To be sourced.
# After `clean_debian CODENAME` the folder is $debian_root; it is unmounted, emptied of processes and
# removed when the shell ends. Needs root and debootstrap.

debian_root=

# Where this machine gets Debian itself from.
debian_mirror() {
    local mirror
    # shellcheck disable=SC2016 # the variables are apt's
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' |
        head -n 1)
    [ -n "$mirror" ] || { echo "no Debian mirror in this machine's apt sources" >&2; return 1; }
    printf '%s\n' "$mirror"
}

# Ids of the processes that live in the folder, one a line.
debian_processes() {
    local link
    for link in /proc/[0-9]*/root; do
        [ "$(readlink "$link" 2>/dev/null)" = "$debian_root" ] && basename "$(dirname "$link")"
    done
    return 0
}

remove_debian() {
    local pid
    [ -n "$debian_root" ] || return 0
    for pid in $(debian_processes); do kill -KILL "$pid" 2>/dev/null || true; done
    for folder in proc dev/shm dev/pts; do
        if mountpoint -q "$debian_root/$folder"; then umount -l "$debian_root/$folder"; fi
    done
    rm -rf --one-file-system "$debian_root"
}

clean_debian() {
    local mirror
    [ "$(id -u)" = 0 ] || { echo "a clean Debian in a folder needs root" >&2; return 1; }
    mirror=$(debian_mirror)
    debian_root=$(mktemp -d "${TMPDIR:-/var/tmp}/guildhall-$1.XXXXXX")
    trap remove_debian EXIT
    chmod 755 "$debian_root"
    echo "==> a clean Debian $1 from $mirror"
    debootstrap --variant=minbase "$1" "$debian_root" "$mirror" >"$debian_root.log" 2>&1 ||
        { tail -n 20 "$debian_root.log" >&2; return 1; }
    rm -f "$debian_root.log"
    mount -t proc proc "$debian_root/proc"
    mkdir -p "$debian_root/dev/shm"
    mount -t tmpfs -o mode=1777 tmpfs "$debian_root/dev/shm"
    mkdir -p "$debian_root/dev/pts"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$debian_root/dev/pts"
    ln -sf pts/ptmx "$debian_root/dev/ptmx"
    cp /etc/resolv.conf /etc/hosts "$debian_root/etc/"
    cp /etc/apt/apt.conf.d/*proxy* "$debian_root/etc/apt/apt.conf.d/" 2>/dev/null || true
    # Nothing starts by being installed; what must run is started by the test.
    printf '#!/bin/sh\nexit 101\n' >"$debian_root/usr/sbin/policy-rc.d"
    chmod 755 "$debian_root/usr/sbin/policy-rc.d"
}

# inside COMMAND…: as root in the folder.
inside() {
    chroot "$debian_root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root \
        DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}

# apt_inside ARGUMENTS…: apt-get, quiet unless it fails.
apt_inside() {
    inside apt-get -y -qq -o Dpkg::Use-Pty=0 "$@" >"$debian_root/apt.log" 2>&1 ||
        { tail -n 30 "$debian_root/apt.log" >&2; return 1; }
}
