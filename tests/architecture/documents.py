# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documents say of the code is what the code says."""
import re

from module_lists import graph, read_modules

DOCUMENT_WITH_GRAPH = "ARCHITECTURE.md"
GRAPH = re.compile(r"<!-- modules -->\n(.*?)\n<!-- /modules -->", re.S)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def graph_is_current(tree):
    """The diagram of the modules in ARCHITECTURE.md, between its two marks, is the one the lists give."""
    path = tree.root / DOCUMENT_WITH_GRAPH
    if not path.is_file():
        return
    found = GRAPH.search(path.read_text(encoding="utf-8"))
    if not found:
        yield f"{DOCUMENT_WITH_GRAPH}:1: the marks <!-- modules --> and <!-- /modules --> are missing"
    elif found[1].strip() != graph(read_modules(tree)):
        yield (f"{DOCUMENT_WITH_GRAPH}:1: the diagram of the modules is old; put the output of "
               f"tests/architecture/check.py --graph between its marks")


def links_lead_somewhere(tree):
    """A relative link of a document names a file that is there."""
    documents = list(tree.root.glob("*.md")) + list((tree.root / "resources").rglob("*.md"))
    for path in documents:
        text = path.read_text(encoding="utf-8")
        for found in LINK.finditer(text):
            if "://" in found[1] or found[1].startswith("mailto:"):
                continue
            if not (path.parent / found[1]).exists():
                line = text.count("\n", 0, found.start()) + 1
                yield f"{path.relative_to(tree.root)}:{line}: the link to {found[1]} leads nowhere"


RULES = (graph_is_current, links_lead_somewhere)
