# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL for the benchmarks: durable as in production, with statements counted."""
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

SETTINGS = {
    "listen_addresses": "''",
    "shared_preload_libraries": "'pg_stat_statements'",
    "pg_stat_statements.track": "'top'",  # what the daemon sends, without the checks of foreign keys inside
    "synchronous_commit": "on",
    "fsync": "on",
    "shared_buffers": "'128MB'",
    "max_connections": "150",
    "autovacuum": "off",  # it would run in one measurement and not in its neighbour
    "checkpoint_timeout": "'30min'",
    "max_wal_size": "'8GB'",
    "logging_collector": "off",
}
OWNER = "guildhall"  # the role the daemon signs in as; its statements are counted


def newest_programs():
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not folders:
        raise RuntimeError("no PostgreSQL server is installed (/usr/lib/postgresql/*/bin)")
    return folders[-1].parent


class Cluster:
    """Lives in a folder on a real disk (fsync must cost what it costs) and goes with the object."""

    def __init__(self, parent):
        self.programs = newest_programs()
        # PostgreSQL does not run as root.
        self.user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="cluster-", dir=self._place(parent)))
        self.socket = Path(tempfile.mkdtemp(prefix="guildhall-bench-"))  # its path must be short
        for folder in (self.folder, self.socket):
            if self.user:
                os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        self.running = False
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _place(self, parent):
        """`parent`, unless the other user cannot reach it."""
        if self.user and subprocess.run(["test", "-x", str(parent)], user=self.user.pw_uid,
                                        group=self.user.pw_gid, extra_groups=[]).returncode != 0:
            return "/var/tmp"
        return parent

    def _run(self, program, *arguments):
        as_user = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        done = subprocess.run([self.programs / program, *arguments], cwd=self.socket, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **as_user)
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed:\n{done.stdout}")

    def _start(self):
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with open(self.folder / "data" / "postgresql.conf", "a", encoding="utf-8") as file:
            file.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            file.write(f"unix_socket_directories = '{self.socket}'\n")
        # The server keeps its output; a pipe would stay open as long as it runs.
        self._run("pg_ctl", "-D", data, "-l", str(self.folder / "log"), "-w", "start")
        self.running = True
        self.sql(f"CREATE ROLE {OWNER} LOGIN")

    def close(self):
        if self.running:
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "-w", "stop")
            self.running = False
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)

    def sql(self, text, database="postgres"):
        """Runs it as the superuser; returns what psql prints, unaligned and without headers."""
        done = subprocess.run([self.programs / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", self.socket,
                               "-U", "bench", "-d", database, "-c", text],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"psql: {done.stderr}")
        return done.stdout.strip()

    def make_database(self, name):
        self.sql(f"CREATE DATABASE {name} OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0")
        self.sql("CREATE EXTENSION pg_stat_statements", name)

    def settings(self, database):
        """What makes the daemon use this database."""
        return {"DB_HOST": str(self.socket), "DB_USERNAME": OWNER, "DB_DATABASE": database}

    def forget_statements(self, database):
        self.sql("SELECT pg_stat_statements_reset()", database)

    def statements(self, database):
        """How often the daemon's statements ran since: { "BEGIN": 3, "INSERT INTO …": 3 }."""
        rows = self.sql(f"""SELECT s.calls || ' ' || regexp_replace(s.query, '\\s+', ' ', 'g')
            FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
            JOIN pg_database d ON d.oid = s.dbid
            WHERE r.rolname = '{OWNER}' AND d.datname = '{database}'""", database)
        counts = {}
        for row in rows.splitlines():
            calls, text = row.split(" ", 1)
            counts[text] = counts.get(text, 0) + int(calls)
        return counts

    def pgbench(self, database, script, clients, seconds, **variables):
        """Transactions a second of a script with prepared statements, signed in as the daemon is."""
        values = [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
        done = subprocess.run(
            [self.programs / "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds),
             "-f", script, *values, "-h", self.socket, "-U", OWNER, database],
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.M)
        failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
        if done.returncode != 0 or not found or (failed and failed[1] != "0"):
            raise RuntimeError(f"pgbench failed:\n{done.stdout}{done.stderr}")
        return float(found[1])
