# SPDX-License-Identifier: GPL-3.0-or-later
"""Posting and reading messages, against pgbench with the same statements on the same table."""
import re
from pathlib import Path

from gateway_scenarios import CONTENT
from processes import Program, cpu_of

HERE = Path(__file__).resolve().parent
QUERIES = HERE.parent.parent / "sql" / "queries" / "message.sql"
POSTS = 20000
PAGES = 8000
POSTERS = 32
READERS = 8
PGBENCH_SECONDS = 2
LATEST = 9223372036854775807


def page_query(folder):
    """The statement of the product itself; pgbench names parameters as we do."""
    found = re.search(r"^-- name: page_before\n(.*?)(?=^-- name:|\Z)", QUERIES.read_text(encoding="utf-8"), re.M | re.S)
    if not found:
        raise RuntimeError(f"{QUERIES} has no page_before")
    path = Path(folder) / "page_before.sql"
    path.write_text(found[1], encoding="utf-8")
    return path


class World:
    """A daemon with a guild, and how messages of its channel are posted and read."""

    def __init__(self, bench, daemon, database):
        self.bench, self.daemon, self.database = bench, daemon, database
        self.owner = daemon.register("anna")
        self.guild = daemon.make_guild(self.owner)
        path = f"/channels/{self.guild['channel']}/messages"
        self.post = bench.requests.http("POST", path, self.owner["token"], {"content": CONTENT})
        self.page = bench.requests.http("GET", f"{path}?limit=50", self.owner["token"])

    def load(self, request, connections):
        program = Program(self.bench.programs / "http_load", port=self.daemon.port, connections=connections,
                          request=request)
        program.answer()
        return program


def rest(bench):
    with bench.daemon("rest") as daemon:
        world = World(bench, daemon, "rest")
        with world.load(world.post, POSTERS) as posting, world.load(world.post, 1) as one, \
                world.load(world.page, READERS) as reading, world.load(world.page, 1) as reading_one:
            posting.ask("run 500")
            reading.ask("run 200")
            # Before pgbench comes: it signs in as the daemon does, and would be counted with it.
            _statements(bench, world, "POST message, 1 connection", one, 200)
            _statements(bench, world, f"POST message, {POSTERS} connections", posting, 2000)
            _statements(bench, world, "GET 50 messages, 1 connection", reading_one, 200, at_most=1)
            bench.cluster.sql("ANALYZE messages", "rest")
            _posting(bench, world, posting)
            bench.cluster.sql("ANALYZE messages", "rest")
            _reading(bench, world, reading)


def _statements(bench, world, name, load, requests, at_most=None):
    load.ask("run 50")
    bench.cluster.forget_statements(world.database)
    load.ask(f"run {requests}")
    counts = bench.cluster.statements(world.database)
    bench.results.add("SQL statements per warm request, BEGIN and COMMIT included", name, "",
                      [sum(counts.values()) / requests], at_most=at_most)
    bench.results.note(f"statements of {requests} x {name}", counts)


def _posting(bench, world, load):
    scenario = f"POST message, {POSTERS} connections, durable"
    cpu, rate, latency, inserts = [], [], [], []
    first_id = 1  # below every id of the server's
    for _ in bench.interleaved():
        def server():
            answer, used = cpu_of(world.daemon.pid, lambda: load.ask(f"run {POSTS}"))
            cpu.append(used / POSTS)
            rate.append(POSTS / answer["seconds"])
            latency.append(answer["p99_ms"])

        def limit():
            nonlocal first_id
            inserts.append(bench.cluster.pgbench(
                world.database, HERE / "insert_message.sql", POSTERS, PGBENCH_SECONDS, n=0, first_id=first_id,
                channel_id=world.guild["other"], guild_id=world.guild["id"], author_id=world.owner["id"],
                content=CONTENT))
            first_id += 10 ** 9
        for side in bench.by_turns((server, limit)):
            side()
    bench.results.add(scenario, "requests", "1/s", rate)
    bench.results.add(scenario, "p99", "ms", latency)
    bench.results.add(scenario, "server CPU per POST", "µs", cpu, at_most=150)
    bench.results.add(scenario, f"pgbench single-row inserts, {POSTERS} clients", "1/s", inserts)
    bench.results.add_ratio(scenario, "requests : pgbench inserts", rate, inserts, at_least=1)


def _reading(bench, world, load):
    scenario = f"GET 50 messages, {READERS} connections"
    script = page_query(bench.folder)
    cpu, rate, latency, selects = [], [], [], []
    for _ in bench.interleaved():
        def server():
            answer, used = cpu_of(world.daemon.pid, lambda: load.ask(f"run {PAGES}"))
            cpu.append(used / PAGES)
            rate.append(PAGES / answer["seconds"])
            latency.append(answer["p99_ms"])

        def limit():
            selects.append(bench.cluster.pgbench(
                world.database, script, READERS, PGBENCH_SECONDS, channel_id=world.guild["channel"], before=LATEST,
                limit=50))
        for side in bench.by_turns((server, limit)):
            side()
    bench.results.add(scenario, "requests", "1/s", rate)
    bench.results.add(scenario, "p99", "ms", latency)
    bench.results.add(scenario, "server CPU per GET", "µs", cpu, at_most=200)
    bench.results.add(scenario, f"pgbench, the same SELECT, {READERS} clients", "1/s", selects)
    bench.results.add_ratio(scenario, "requests : pgbench selects", rate, selects)
