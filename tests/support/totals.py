#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what a ctest run really tested, from the file of `ctest --output-junit`.

ctest counts programs; a program of Qt Test or node's runner holds many cases, and a case that was
skipped leaves no trace in ctest's own sum. So the sums the programs print are added up, a program
that prints none counts as one, and every skipped case is listed with its reason.
The last line is `N passed, N failed, N skipped`; the exit status is 1 when something failed.
"""
import re
import sys
import xml.etree.ElementTree as xml

QT_TOTALS = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.M)
QT_SKIP = re.compile(r"^SKIP\s*: (.*)$", re.M)
NODE_TOTALS = {  # node --test, in its tap and in its spec form
    "passed": re.compile(r"^(?:#|\u2139) pass (\d+)$", re.M),
    "failed": re.compile(r"^(?:#|\u2139) fail (\d+)$", re.M),
    "skipped": re.compile(r"^(?:#|\u2139) skipped (\d+)$", re.M),
}
PYTHON_TOTALS = re.compile(r"^Ran (\d+) tests? in .*?^(?:OK|FAILED)(.*)$", re.M | re.S)


class Totals:
    """Numbers of passed, failed and skipped cases."""

    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped

    def __add__(self, other):
        return Totals(self.passed + other.passed, self.failed + other.failed,
                      self.skipped + other.skipped)

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def printed_by(output):
    """The sums that a test program printed, or None."""
    if qt := QT_TOTALS.findall(output):
        return sum((Totals(*map(int, numbers)) for numbers in qt), Totals())
    node = {name: pattern.findall(output) for name, pattern in NODE_TOTALS.items()}
    if node["passed"]:
        return Totals(*(sum(map(int, node[name])) for name in ("passed", "failed", "skipped")))
    if python := PYTHON_TOTALS.search(output):
        counts = dict(re.findall(r"(\w+)=(\d+)", python[2]))
        failed, skipped = (sum(int(counts.get(name, 0)) for name in names)
                           for names in (("failures", "errors"), ("skipped",)))
        return Totals(int(python[1]) - failed - skipped, failed, skipped)
    return None


def was_left_out(case):
    """On purpose, that is; a program that could not be started is `notrun` too, but a failure."""
    skipped = case.find("skipped")
    asked_for = skipped is not None and "SKIP_" in skipped.get("message", "")
    return case.get("status") == "disabled" or asked_for


def of_case(case):
    """Totals of one ctest test; its own verdict outweighs what the program printed."""
    status = case.get("status")
    if was_left_out(case):
        return Totals(skipped=1)
    printed = printed_by(case.findtext("system-out") or "")
    if status != "run":
        if printed is None or printed.failed == 0:  # crashed, timed out or a sanitizer spoke
            return (printed or Totals()) + Totals(failed=1)
        return printed
    return printed or Totals(passed=1)


def skips_of(case):
    """Names and reasons of what one ctest test skipped."""
    output = case.findtext("system-out") or ""
    found = QT_SKIP.findall(output)
    if was_left_out(case):
        found.append("the whole program did not run")
    return [f"{case.get('name')}: {what}" for what in found]


def main(path):
    cases = xml.parse(path).getroot().findall("testcase")
    total = sum((of_case(case) for case in cases), Totals())
    for line in (line for case in cases for line in skips_of(case)):
        print("skipped:", line)
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
