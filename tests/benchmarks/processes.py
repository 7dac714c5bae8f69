# SPDX-License-Identifier: GPL-3.0-or-later
"""What the kernel says of a process, and programs that are spoken to in lines."""
import json
import os
import select
import subprocess
import time
from pathlib import Path

PATIENCE = 180  # seconds for one answer; a machine may be slow, but not that slow


def cpu_us(pid):
    """Microseconds on a CPU so far, of all threads that live."""
    total = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((thread / "schedstat").read_text().split()[0])
        except FileNotFoundError:  # the thread ended while we looked
            continue
    return total / 1000


def pin(pid, core):
    """Keeps all threads of a process on one core."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {core})


def rss_kb(pid):
    """Resident memory: { "rss": kB, "anonymous": kB }."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return {"rss": int(lines["Rss"].split()[0]), "anonymous": int(lines["Anonymous"].split()[0])}


def read_line(process, seconds):
    """The next line of a program's output; raises when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    line = b""
    while not line.endswith(b"\n"):
        ready = select.select([process.stdout], [], [], max(0, deadline - time.monotonic()))[0]
        chunk = os.read(process.stdout.fileno(), 1) if ready else b""
        if not chunk:
            raise RuntimeError(f"{process.args[0]} gave no answer (exit status {process.poll()}): {line!r}")
        line += chunk
    return line.decode()


class Program:
    """A load client or limit program: takes commands, answers each with a line."""

    def __init__(self, path, **arguments):
        words = [str(path)]
        for name, value in arguments.items():
            words += [f"--{name}", str(value)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    @property
    def pid(self):
        return self.process.pid

    def answer(self):
        return json.loads(read_line(self.process, PATIENCE))

    def ask(self, command):
        try:
            self.process.stdin.write(command.encode() + b"\n")
        except BrokenPipeError:
            raise RuntimeError(f"{self.process.args[0]} ended with {self.process.wait()}") from None
        return self.answer()

    def close(self):
        """Ends it: its input ends, or else it is terminated."""
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def cpu_of(pid, work):
    """Runs work(); returns its result and the microseconds of CPU that `pid` used meanwhile."""
    before = cpu_us(pid)
    result = work()
    return result, cpu_us(pid) - before
