# SPDX-License-Identifier: GPL-3.0-or-later
"""The sum at the end of ./dev test counts what the programs print, and hides neither skips nor crashes."""
import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import totals  # noqa: E402


def case(status, output="", extra=""):
    return f'<testcase name="t" status="{status}">{extra}<system-out>{output}</system-out></testcase>'


QT = "SKIP   : T::x() no server here\nTotals: {} passed, {} failed, 1 skipped, 0 blacklisted, 5ms"
LEFT_OUT = '<skipped message="SKIP_RETURN_CODE=77"/>'
NOT_FOUND = '<skipped message="Unable to find executable"/>'


class Totals(unittest.TestCase):
    def sum_of(self, *cases):
        """Last line printed, all lines, exit status."""
        printed = io.StringIO()
        with tempfile.NamedTemporaryFile("w", suffix=".xml") as file:
            file.write(f"<testsuite>{''.join(cases)}</testsuite>")
            file.flush()
            with contextlib.redirect_stdout(printed):
                status = totals.main(file.name)
        lines = printed.getvalue().splitlines()
        return lines[-1], lines, status

    def test_cases_of_each_kind_of_program_are_added_up(self):
        table = [
            ([case("run", QT.format(3, 0))], "3 passed, 0 failed, 1 skipped", 0),
            ([case("fail", QT.format(3, 2))], "3 passed, 2 failed, 1 skipped", 1),
            ([case("run", "# pass 7\n# fail 0\n# skipped 2")], "7 passed, 0 failed, 2 skipped", 0),
            ([case("run", "\u2139 pass 7\n\u2139 fail 0\n\u2139 skipped 0")], "7 passed, 0 failed, 0 skipped", 0),
            ([case("run", "Ran 4 tests in 0.1s\n\nOK (skipped=1)")], "3 passed, 0 failed, 1 skipped", 0),
            ([case("fail", "Ran 4 tests in 0.1s\n\nFAILED (failures=1, errors=1)")], "2 passed, 2 failed, 0 skipped", 1),
            ([case("run", "anything")], "1 passed, 0 failed, 0 skipped", 0),
            ([case("run", "a"), case("run", "b")], "2 passed, 0 failed, 0 skipped", 0),
        ]
        for cases, expected, status in table:
            with self.subTest(expected):
                line, _, actual_status = self.sum_of(*cases)
                self.assertEqual((line, actual_status), (expected, status))

    def test_a_crash_counts_as_a_failure_whatever_was_printed_before(self):
        self.assertEqual(self.sum_of(case("fail", QT.format(3, 0)))[0], "3 passed, 1 failed, 1 skipped")
        self.assertEqual(self.sum_of(case("fail", ""))[0], "0 passed, 1 failed, 0 skipped")

    def test_a_program_that_is_not_there_failed_and_one_that_was_left_out_is_skipped(self):
        self.assertEqual(self.sum_of(case("notrun", "", NOT_FOUND))[0], "0 passed, 1 failed, 0 skipped")
        self.assertEqual(self.sum_of(case("notrun", "", LEFT_OUT))[0], "0 passed, 0 failed, 1 skipped")
        self.assertEqual(self.sum_of(case("disabled"))[0], "0 passed, 0 failed, 1 skipped")

    def test_every_skip_is_listed_with_its_reason(self):
        self.assertIn("skipped: t: T::x() no server here", self.sum_of(case("run", QT.format(1, 0)))[1])


if __name__ == "__main__":
    unittest.main()
