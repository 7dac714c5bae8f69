#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""parse_sources.py BUILD SOURCE: lets the compiler parse each of our sources, and nothing more.

Reads the commands of BUILD/compile_commands.json. What moc and uic would write into an include is made
here; their other output is not ours to parse. Warnings are for the real build.
"""
import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOOLS = "/usr/lib/qt6/libexec"
WITH_ARGUMENT = {"-o", "-MF", "-MT", "-include", "-c"}
DROPPED = {"-MD", "-Winvalid-pch"}


def parse_command(entry, generated):
    """The compiler's command without output and precompiled header, and with -fsyntax-only."""
    words, kept, skip = shlex.split(entry["command"]), [], False
    for word in words:
        if skip:
            skip = False
        elif word in WITH_ARGUMENT:
            skip = True
        elif word not in DROPPED:
            kept.append(word)
    return kept + ["-I", generated, "-w", "-fsyntax-only", entry["file"]]


def make_includes(source, generated):
    """Writes ui_x.h and x.moc for whoever includes them."""
    for form in source.rglob("*.ui"):
        subprocess.run([f"{TOOLS}/uic", form, "-o", generated / f"ui_{form.stem}.h"], check=True)
    for file in source.rglob("*.cpp"):
        if re.search(rf'#include "{re.escape(file.stem)}\.moc"', file.read_text(encoding="utf-8")):
            subprocess.run([f"{TOOLS}/moc", "-I", source, file, "-o", generated / f"{file.stem}.moc"], check=True)


def main(build, source):
    generated = Path(build) / "parse_includes"
    generated.mkdir(exist_ok=True)
    make_includes(Path(source), generated)
    entries = json.loads((Path(build) / "compile_commands.json").read_text())
    ours = {entry["file"]: entry for entry in entries
            if entry["file"].startswith(source + "/") and entry["file"].endswith(".cpp")}

    def parse(entry):
        command = parse_command(entry, str(generated))
        return subprocess.run(command, cwd=entry["directory"], capture_output=True, text=True, check=False)

    broken = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, result in zip(ours, pool.map(parse, ours.values())):
            if result.returncode != 0:
                broken += 1
                print(f"{file} does not parse:\n{result.stderr}")
    print(f"{len(ours)} sources parsed, {broken} broken")
    return 1 if broken or not ours else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
