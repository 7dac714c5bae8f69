# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule is shown a tree that breaks it and must say so, and one that keeps it and must not."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import check  # noqa: E402
from samples import SAMPLES  # noqa: E402
from source_tree import SourceTree, string_literals, without_comments  # noqa: E402


class TreeOnDisk(tempfile.TemporaryDirectory):
    """A folder with these files, gone afterwards."""

    def __init__(self, files):
        super().__init__()
        for path, text in files.items():
            target = Path(self.name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def sentences(rule, files):
    with TreeOnDisk(files) as root:
        return list(rule(SourceTree(root)))


class Rules(unittest.TestCase):
    def test_a_tree_that_breaks_a_rule_is_named_with_place_and_reason(self):
        for rule, cases in SAMPLES.items():
            for title, files, expected in cases:
                with self.subTest(rule=rule.__name__, sample=title):
                    found = sentences(rule, files)
                    if expected is None:
                        self.assertEqual(found, [])
                    else:
                        self.assertEqual(len(found), 1, found)
                        self.assertIn(expected, found[0])
                        self.assertRegex(found[0], r"^[\w./-]+:\d+: \S")

    def test_every_rule_has_a_sample_that_breaks_it_and_one_that_keeps_it(self):
        for rule in check.RULES:
            with self.subTest(rule=rule.__name__):
                self.assertIn(rule, SAMPLES)
                verdicts = [expected is None for _, _, expected in SAMPLES[rule]]
                self.assertIn(True, verdicts)
                self.assertIn(False, verdicts)

    def test_the_program_fails_when_a_rule_is_broken(self):
        with TreeOnDisk({"shared/a.h": "int a;\n"}) as root:
            self.assertEqual(check.main([root]), 1)
        with TreeOnDisk({"shared/a.h": "// SPDX-License-Identifier: GPL-3.0-or-later\n#pragma once\n"}) as root:
            self.assertEqual(check.main([root]), 0)


class ReadingCpp(unittest.TestCase):
    def test_literals_are_found_and_comments_are_not(self):
        text = '// "a"\nauto x = "b"; /* "c" */ auto y = R"sql(d "e")sql"; char q = \'"\'; auto z = 1\'000; auto w = "f";'
        self.assertEqual([content for _, content in string_literals(text)], ["b", 'd "e"', "f"])

    def test_blanking_comments_keeps_lines_and_strings(self):
        text = 'a // b\n"//c" /* d\n e */ f'
        self.assertEqual(without_comments(text), 'a     \n"//c"     \n      f')


if __name__ == "__main__":
    unittest.main()
