# SPDX-License-Identifier: GPL-3.0-or-later
"""Heartbeats beside idle sessions, and fan-out against the raw sender."""
import os
from contextlib import ExitStack

from processes import Program, cpu_of, pin, read_line

CONTENT = "A message of the length that people write most, about one hundred characters with all it says. x"
MOST_BEATS = 10000  # of 100 sessions in all runs: a session may not send more than 120 payloads a minute


def heartbeat(bench):
    """The cost of one heartbeat must not depend on how many sessions are idle beside it."""
    scenario = "heartbeat round trip"
    beats = min(1000, MOST_BEATS // (bench.runs + 1))
    sides = {}
    with ExitStack() as stack:
        for sessions in (bench.few, bench.many):
            daemon = stack.enter_context(bench.daemon(f"beat_{sessions}"))
            account = daemon.register("anna")
            load = stack.enter_context(Program(bench.programs / "gateway_load", port=daemon.port,
                                               identify=bench.requests.identify(account["token"])))
            load.ask(f"open {sessions}")
            _part(daemon.pid, load.pid)
            load.ask(f"beat {beats}")
            sides[sessions] = {"daemon": daemon, "load": load, "cpu": [], "p50": []}
        for _ in bench.interleaved():
            for side in bench.by_turns(sides.values()):
                answer, cpu = cpu_of(side["daemon"].pid, lambda: side["load"].ask(f"beat {beats}"))
                side["cpu"].append(cpu / beats)
                side["p50"].append(answer["p50_us"])
    for sessions, side in sides.items():
        bench.results.add(scenario, f"server CPU, {sessions} sessions", "µs", side["cpu"])
        bench.results.add(scenario, f"round trip p50, {sessions} sessions", "µs", side["p50"])
    bench.results.add_ratio(scenario, f"CPU, {bench.many} : {bench.few} sessions", sides[bench.many]["cpu"],
                            sides[bench.few]["cpu"], at_most=1.5)


def _part(server, client):
    """A core each. Where the kernel puts two threads that wake each other decides what a wake-up costs, by a
    factor of three here, and it keeps to its choice as long as they live: the ratio would be that choice."""
    cores = sorted(os.sched_getaffinity(0))
    pin(server, cores[-1])
    pin(client, cores[0])


def fan_out(bench):
    """One message to all sessions: a call at a time, and 20 calls in flight."""
    with ExitStack() as stack:
        daemon = stack.enter_context(bench.daemon("fanout"))
        account = daemon.register("anna")
        guild = daemon.make_guild(account)
        event = bench.requests.http("POST", f"/channels/{guild['channel']}/messages", account["token"],
                                    {"content": CONTENT})
        load = stack.enter_context(Program(bench.programs / "gateway_load", port=daemon.port, event=event,
                                           identify=bench.requests.identify(account["token"])))
        load.ask(f"open {bench.listeners}")
        payload = load.ask("fanout 5 1")["payload"]
        limit = stack.enter_context(Program(bench.programs / "limit_sender", payload=payload))
        port = int(read_line(limit.process, 10))
        bare = stack.enter_context(Program(bench.programs / "gateway_load", port=port))
        bare.ask(f"open {bench.listeners}")
        bare.ask("fanout 5 1")
        bench.results.note("fan-out payload bytes", payload)
        server, raw = (daemon.pid, load), (limit.pid, bare)
        for name, rounds, in_flight, goal in (("one event at a time", 40, 1, 1.4), ("20 events in flight", 20, 20, 2)):
            _fan_out_rows(bench, f"fan-out to {bench.listeners} sessions, {name}", server, raw, rounds, in_flight, goal)


def _fan_out_rows(bench, scenario, server, raw, rounds, in_flight, goal):
    cpu, rate, latency = ({server: [], raw: []} for _ in range(3))
    deliveries = rounds * in_flight * bench.listeners
    for _ in bench.interleaved():
        for side in bench.by_turns((raw, server)):
            pid, load = side
            answer, used = cpu_of(pid, lambda: load.ask(f"fanout {rounds} {in_flight}"))
            cpu[side].append(used / deliveries)
            rate[side].append(deliveries / answer["seconds"])
            latency[side].append(answer["round_p50_ms"])
    for side, name in ((server, "server"), (raw, "raw sender")):
        bench.results.add(scenario, f"{name} CPU per delivery", "µs", cpu[side])
        bench.results.add(scenario, f"{name} deliveries", "1/s", rate[side])
        bench.results.add(scenario, f"{name}, until all have it, p50", "ms", latency[side])
    bench.results.add_ratio(scenario, "CPU, server : raw sender", cpu[server], cpu[raw], at_most=goal)
    bench.results.add_ratio(scenario, "deliveries, server : raw sender", rate[server], rate[raw])
