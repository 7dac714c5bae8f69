# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules say of themselves: the lists of guildhall_add_module(…)."""
import re

_CALL = re.compile(r"guildhall_add_module\s*\(([^)]*)\)", re.S)
_LISTS = ("SOURCES", "CALLS", "HEARS", "QUERIES", "LIBRARIES")


class Module:
    """One module: its name, its folder and its lists as sets of names."""

    def __init__(self, name, folder, lists):
        self.name, self.folder = name, folder
        self.calls = set(lists.get("CALLS", ()))
        self.hears = set(lists.get("HEARS", ()))
        self.queries = set(lists.get("QUERIES", ()))

    @property
    def cmake(self):
        return f"{self.folder}/CMakeLists.txt"


def read_modules(tree):
    """Modules by the name of their folder, which is how includes name them."""
    modules = {}
    for file in tree.files:
        if file.name != "CMakeLists.txt" or not file.under("server/modules"):
            continue
        for call in _CALL.finditer(re.sub(r"#[^\n]*", "", file.text)):
            module = _parse(call[1].split(), file.folder)
            modules[module.folder.rsplit("/", 1)[-1]] = module
    return modules


def _parse(words, folder):
    lists, current = {}, None
    for word in words[1:]:
        if word in _LISTS:
            current = lists.setdefault(word, [])
        elif current is not None:
            current.append(word)
    return Module(words[0], folder, lists)


def find_circle(modules):
    """A list of names that call each other in a circle, or None."""
    done, path = set(), []

    def visit(name):
        if name in path:
            return path[path.index(name):] + [name]
        if name in done or name not in modules:
            return None
        path.append(name)
        for other in sorted(modules[name].calls):
            if circle := visit(other):
                return circle
        path.pop()
        done.add(name)
        return None

    return next((circle for name in sorted(modules) if (circle := visit(name))), None)


def graph(modules):
    """The modules as a Mermaid diagram: solid arrows call, dotted ones hear."""
    lines = ["```mermaid", "graph LR"]
    for name, module in sorted(modules.items()):
        lines += [f"  {name} --> {other}" for other in sorted(module.calls)]
        lines += [f"  {name} -.-> {other}" for other in sorted(module.hears)]
    return "\n".join(lines + ["```"])
