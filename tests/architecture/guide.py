#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does what resources/docs/first-feature.md says. Marks that readers do not see tell where its blocks go:

<!-- apply: FILE: behind TEXT -->       behind the statement, function or struct that TEXT stands in
<!-- apply: FILE: after TEXT -->        after the line with TEXT
<!-- apply: FILE: end of namespace -->  and "end of file", "new file"
<!-- apply: FILE: one more TEXT -->     without a block: the number behind TEXT rises by one
<!-- apply: FILE: include <a> <b> -->   without a block: behind the last include of the standard library

guide.py FOLDER  applies it to the tree in FOLDER, to see it built
"""
import re
import sys
from pathlib import Path

GUIDE = "resources/docs/first-feature.md"
MARK = re.compile(r"<!-- apply: (\S+): (behind|after|end of namespace|end of file|new file|one more|include)(?: (.+?))? -->")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
WITHOUT_BLOCK = ("one more", "include")
LANGUAGES = ("cpp", "sql", "cmake")


class Broken(Exception):
    """A sentence of the guide is no longer true."""


class Step:
    """One mark, with the block below it."""

    def __init__(self, found, block):
        self.file, self.kind, self.text, self.block = found[1], found[2], found[3], block

    def __str__(self):
        return f"{self.file}: {self.kind} {self.text or ''}".rstrip()


def steps_of(guide):
    """The steps in order. Every block of source has a mark, and every mark that wants one a block."""
    steps, used = [], set()
    for found in MARK.finditer(guide):
        block = None
        if found[2] not in WITHOUT_BLOCK:
            below = BLOCK.match(guide, found.end() + 1)
            if not below:
                raise Broken(f"there is no block below the mark {found[0]}")
            block = below[2]
            used.add(below.start())
        steps.append(Step(found, block))
    for block in BLOCK.finditer(guide):
        if block[1] in LANGUAGES and block.start() not in used:
            raise Broken(f"no mark says where this block goes: {block[2].splitlines()[0]}")
    return steps


def apply(step, text):
    """The file's text after this step. `text` is None where there is no file."""
    if step.kind == "new file":
        if text is not None:
            raise Broken(f"{step}, but it is there")
        return step.block
    if text is None:
        raise Broken(f"{step}, but there is no such file")
    lines = text.splitlines(keepends=True)
    return "".join(KINDS[step.kind](step, lines))


def _find(step, lines):
    text = re.compile(r"(?<!\w)" + re.escape(step.text) + (r"(?!\w)" if step.text[-1].isalnum() else ""))
    places = [number for number, line in enumerate(lines) if text.search(line)]
    if len(places) != 1:
        raise Broken(f"{step}, but that is there {len(places)} times")
    return places[0]


def _insert(step, lines, place, apart):
    if step.block in "".join(lines):
        raise Broken(f"{step}, but it stands there already")
    return lines[:place] + (["\n"] if apart else []) + [step.block] + lines[place:]


def _after(step, lines):
    return _insert(step, lines, _find(step, lines) + 1, False)


def _behind(step, lines):
    depth = 0
    for number in range(_find(step, lines), len(lines)):
        line = lines[number].strip()
        if line.startswith(("--", "//")):
            continue
        depth += sum(line.count(c) for c in "{([") - sum(line.count(c) for c in "})]")
        if depth <= 0 and line.endswith((";", "}", ",")):
            return _insert(step, lines, number + 1, not step.block.startswith(" "))
    raise Broken(f"{step}, but that does not end")


def _end_of_namespace(step, lines):
    ends = [number for number, line in enumerate(lines) if line.startswith("} // namespace")]
    if not ends:
        raise Broken(f"{step}, but there is none")
    return _insert(step, lines, ends[-1], False)


def _end_of_file(step, lines):
    return _insert(step, lines, len(lines), False)


def _one_more(step, lines):
    place = _find(step, lines)
    return lines[:place] + [re.sub(re.escape(step.text) + r"\s*(\d+)", lambda m: m[0].replace(m[1], str(int(m[1]) + 1)),
                                   lines[place])] + lines[place + 1:]


def _include(step, lines):
    headers = step.text.split()
    if there := [header for header in headers if f"#include {header}\n" in lines]:
        raise Broken(f"{step}, but {', '.join(there)} is there")
    last = max(number for number, line in enumerate(lines) if re.match(r"#include <[a-z_]+>", line))
    return lines[:last + 1] + [f"#include {header}\n" for header in headers] + lines[last + 1:]


KINDS = {"after": _after, "behind": _behind, "end of namespace": _end_of_namespace, "end of file": _end_of_file,
         "one more": _one_more, "include": _include}


def apply_all(root):
    """Applies the guide of this tree to it. Returns its steps."""
    root = Path(root)
    steps = steps_of((root / GUIDE).read_text(encoding="utf-8"))
    for step in steps:
        path = root / step.file
        path.write_text(apply(step, path.read_text(encoding="utf-8") if path.exists() else None), encoding="utf-8")
    return steps


if __name__ == "__main__":
    for done in apply_all(sys.argv[1]):
        print(done)
