# SPDX-License-Identifier: GPL-3.0-or-later
"""From the start of the process to a /health of 200, and memory at rest."""
import os
import shutil
import tempfile

from processes import Program, rss_kb


def start(bench):
    external, private, idle, anonymous, per_session = [], [], [], [], []
    # On a disk, and where PostgreSQL's own user can go.
    data = tempfile.mkdtemp(prefix="guildhall-bench-private-", dir="/var/tmp")
    os.chmod(data, 0o711)
    try:
        bench.private_daemon(data).close()  # makes the cluster
        with bench.daemon("started") as daemon:  # migrates the database
            identify = bench.requests.identify(daemon.register("anna")["token"])
        for _ in bench.interleaved():
            def on_server():
                with bench.daemon("started") as daemon:
                    external.append(daemon.seconds_to_ready * 1000)
                    before = rss_kb(daemon.pid)
                    with Program(bench.programs / "gateway_load", port=daemon.port, identify=identify) as load:
                        load.ask(f"open {bench.listeners}")
                        after = rss_kb(daemon.pid)
                    idle.append(before["rss"] / 1024)
                    anonymous.append(before["anonymous"] / 1024)
                    per_session.append((after["rss"] - before["rss"]) / bench.listeners)

            def on_private():
                with bench.private_daemon(data) as daemon:
                    private.append(daemon.seconds_to_ready * 1000)
            for side in bench.by_turns((on_server, on_private)):
                side()
    finally:
        shutil.rmtree(data, ignore_errors=True)
    scenario = "start to ready, migrated database"
    bench.results.add(scenario, "PostgreSQL that runs already", "ms", external, at_most=150)
    bench.results.add(scenario, "initialised private cluster", "ms", private, at_most=1000)
    scenario = "memory"
    bench.results.add(scenario, "RSS idle", "MiB", idle, at_most=57.2)  # 60 MB
    bench.results.add(scenario, "of which anonymous", "MiB", anonymous)
    bench.results.add(scenario, f"RSS per idle session, {bench.listeners} sessions", "KiB", per_session,
                      at_most=27.3)  # 28 KB
