#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the tree against the rules of the house and prints a sentence for each place that breaks one.

check.py [ROOT]          all rules; exit status 1 when one is broken
check.py --graph [ROOT]  the modules and who calls and hears whom, as a Mermaid diagram
"""
import sys
from pathlib import Path

import documents
import house_rules
import layering
from module_lists import graph, read_modules
from source_tree import SourceTree

RULES = layering.RULES + house_rules.RULES + documents.RULES


def broken(tree, rules=RULES):
    """All sentences, rule after rule."""
    return [sentence for rule in rules for sentence in rule(tree)]


def main(arguments):
    wants_graph = "--graph" in arguments
    roots = [argument for argument in arguments if not argument.startswith("-")]
    tree = SourceTree(roots[0] if roots else Path(__file__).resolve().parents[2])
    if wants_graph:
        print(graph(read_modules(tree)))
        return 0
    sentences = broken(tree)
    for sentence in sentences:
        print(sentence)
    print(f"{len(RULES)} rules over {len(tree.files)} files: {len(sentences)} broken")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
