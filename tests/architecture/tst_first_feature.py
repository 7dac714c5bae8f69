#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide to a first feature still applies: its blocks go where it says, what it calls exists, what it
adds does not, and the tree keeps the rules of the house afterwards. Only a compiler sees the rest."""
import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import check  # noqa: E402
import guide  # noqa: E402
from source_tree import SKIPPED, SourceTree, without_comments  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("server", "shared", "sql", "tests", "resources", "admin-gui", "installer")
NEW_NAMES = ("RoleMemberCounts", "countRoleMembers", "countMembers", "tst_role_member_counts", "member-counts")
LIBRARY_NAMES = {"GetObject"}  # of libraries, where nothing else in the tree uses them
# What a name is looked for among: calls, and what stands behind ::
USED_NAME = re.compile(r"(?:::|\b)([A-Za-z_]\w*)(?=\()|::([A-Za-z_]\w*)")


def names_missing(before, steps):
    """Names that the blocks use and that neither the tree nor the guide has."""
    known = set(re.findall(r"\w+", "\n".join(file.text for file in before.cpp())))
    blocks = [step.block for step in steps if step.block and step.file.endswith((".h", ".cpp"))]
    text = re.sub(r'"[^"\n]*"', '""', without_comments("\n".join(blocks)))
    declared = set(re.findall(r"(?:\bvoid|\bclass|[\w>]) +(\w+)\(", text)) | set(NEW_NAMES)
    used = {found[1] or found[2] for found in USED_NAME.finditer(text)}
    return sorted(used - known - declared - LIBRARY_NAMES)


def without_line(sentence):
    return re.sub(r":\d+:", ":", sentence)


class FirstFeature(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = Path(cls.folder.name)
        for name in COPIED:
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(*SKIPPED))
        for path in ROOT.glob("*.md"):
            shutil.copy(path, root / path.name)
        cls.before = SourceTree(root)
        cls.broken_before = {without_line(sentence) for sentence in check.broken(cls.before)}
        cls.steps = guide.apply_all(root)
        cls.after = SourceTree(root)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_what_it_adds_is_not_there_yet(self):
        folders = {step.file.rpartition("/")[0] for step in self.steps}
        for name in NEW_NAMES:
            users = [file.path for file in self.before.files
                     if file.folder in folders and re.search(rf"(?<![\w-]){name}(?![\w-])", file.text)]
            self.assertEqual(users, [], f"{name} exists")
            self.assertTrue(any(name in file.text or name in file.path for file in self.after.files), name)

    def test_what_it_calls_exists(self):
        self.assertEqual(names_missing(self.before, self.steps), [])

    def test_the_number_of_endpoints_fits_their_list(self):
        text = self.after.get("shared/api/all_endpoints.h").text
        number, listed = re.search(r"std::array<EndpointInfo, (\d+)> \w+\{\s*(.*?)\}", text, re.S).groups()
        self.assertEqual(int(number), len(re.findall(r"\w+", listed)))

    def test_the_rules_of_the_house_are_kept(self):
        broken = {without_line(sentence) for sentence in check.broken(self.after)}
        self.assertEqual(broken - self.broken_before, set())

    def test_each_place_is_named_to_the_reader(self):
        text = guide.MARK.sub("", (ROOT / guide.GUIDE).read_text(encoding="utf-8"))
        prose = guide.BLOCK.sub("", text)
        for step in self.steps:
            self.assertIn(step.file.rsplit("/", 1)[-1], prose)
            if step.kind in ("behind", "after"):
                name = re.findall(r"\w+", step.text)[-1]
                self.assertRegex(prose, rf"(?i)\b(?:behind|after)\b[^.]*\W{name}\b", str(step))


def is_followed_already():
    """A newcomer's tree, in which the compiler and the feature's own tests say more than this."""
    return any("countRoleMembers" in path.read_text(encoding="utf-8") for path in (ROOT / "shared/api").glob("*.h"))


if __name__ == "__main__":
    if is_followed_already():
        print("the guide was followed in this tree; its own tests judge what came of it")
    else:
        unittest.main()
