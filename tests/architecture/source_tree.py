# SPDX-License-Identifier: GPL-3.0-or-later
"""The sources as the rules see them: paths from the root, text, lines and includes."""
import re
from pathlib import Path

TOP_FOLDERS = ("server", "admin-gui", "shared", "sql", "tests", "resources", "installer")
SKIPPED = {"node_modules", "__pycache__", "corpus", "build"}
SUFFIXES = {".h", ".cpp", ".sql", ".cmake", ".py", ".sh", ".js", ".mjs", ".cjs"}
NAMES = {"CMakeLists.txt"}

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.M)


class SourceFile:
    """One file. `path` is a string with forward slashes, relative to the root."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.lines = text.split("\n")

    @property
    def name(self):
        return self.path.rsplit("/", 1)[-1]

    @property
    def folder(self):
        return self.path.rpartition("/")[0]

    @property
    def suffix(self):
        return Path(self.path).suffix

    @property
    def is_cpp(self):
        return self.suffix in (".h", ".cpp")

    def under(self, *folders):
        return any(self.path.startswith(folder.rstrip("/") + "/") for folder in folders)

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def includes(self):
        """Yields (line, path, in_quotes)."""
        for found in _INCLUDE.finditer(self.text):
            yield self.line_of(found.start()), found[1] or found[2], found[1] is not None

    def where(self, line):
        return f"{self.path}:{line}"


class SourceTree:
    """All sources below `root`, read once."""

    def __init__(self, root):
        self.root = Path(root)
        self.files = [self._read(path) for path in sorted(self._paths())]
        self._by_path = {file.path: file for file in self.files}

    def get(self, path):
        return self._by_path.get(path)

    def exists(self, path):
        return path in self._by_path or (self.root / path).exists()

    def cpp(self, *folders):
        """Headers and sources, of these folders or of all."""
        return [f for f in self.files if f.is_cpp and (not folders or f.under(*folders))]

    def _read(self, path):
        text = path.read_text(encoding="utf-8", errors="replace")
        return SourceFile(path.relative_to(self.root).as_posix(), text)

    def _paths(self):
        for top in TOP_FOLDERS:
            for path in (self.root / top).rglob("*"):
                relevant = path.suffix in SUFFIXES or path.name in NAMES
                if relevant and path.is_file() and not SKIPPED & set(path.relative_to(self.root).parts):
                    yield path


def without_comments(text):
    """C++ text with comments blanked out; line numbers and string literals stay as they are."""
    return _COMMENT_OR_STRING.sub(_blank_comment, text)


def string_literals(text):
    """Yields (offset, content) of every string literal of C++ text, raw ones too."""
    for found in _COMMENT_OR_STRING.finditer(text):
        if found["raw"] is not None:
            yield found.start(), found["raw"]
        elif found["string"] is not None:
            yield found.start(), found["string"]


_COMMENT_OR_STRING = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<mark>[^()\\\s]{0,16})\((?P<raw>.*?)\)(?P=mark)"
      | "(?P<string>(?:[^"\\\n]|\\.)*)"
      | (?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'   # not the marks between digits""",
    re.S | re.X,
)


def _blank_comment(found):
    text = found[0]
    return re.sub(r"[^\n]", " ", text) if text.startswith("/") else text
