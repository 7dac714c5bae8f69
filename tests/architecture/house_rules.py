# SPDX-License-Identifier: GPL-3.0-or-later
"""What every file keeps to, whatever its layer. A rule yields sentences that begin with `path:line: `."""
import re

from source_tree import string_literals, without_comments

PRODUCT = ("shared", "server", "admin-gui")
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
LONGEST_FILE = 400
# Spelled in two halves, so that this file keeps to its own rule.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK")) + r")\b")
VAGUE_NAME = re.compile(r"(^|_)(utils?|helpers?|misc|common|stuff)(_|\.)")
SQL_START = re.compile(
    r"\s*(SELECT\s|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|WITH\s+\w+\s+AS\b"
    r"|(CREATE|ALTER|DROP)\s+(TABLE|INDEX|DATABASE|ROLE|SCHEMA|EXTENSION)\b|TRUNCATE\s"
    r"|select\s+\S.*\sfrom\s|insert\s+into\b|delete\s+from\b|update\s+\w+\s+set\b)", re.S)
LOCK = re.compile(r"\b(std::(recursive_|shared_|timed_)?mutex|QMutex|QReadWriteLock|std::condition_variable)\b")
QUERY_NAME = re.compile(r"^--\s*name:\s*(\w+)", re.M)
MIGRATION = re.compile(r"(\d{4})_[a-z0-9_]+\.sql$")


def license_line_comes_first(tree):
    """Every file says its licence before anything else."""
    for file in tree.files:
        first = file.lines[1] if file.lines[0].startswith("#!") and len(file.lines) > 1 else file.lines[0]
        if not first.endswith(SPDX):
            yield f"{file.path}:1: the first line must be a comment with {SPDX}"


def files_stay_short(tree):
    """A file that is too long has more than one reason to change."""
    for file in tree.files:
        length = len(file.text.splitlines())
        if length > LONGEST_FILE:
            yield f"{file.path}:{LONGEST_FILE}: {length} lines; split it at a reason to change, {LONGEST_FILE} is the most"


def nothing_is_left_unfinished(tree):
    """A mark for later is a promise nobody keeps: do it, or file an issue."""
    for file in tree.files:
        for number, line in enumerate(file.lines, 1):
            if found := UNFINISHED.search(line):
                yield f"{file.where(number)}: no {found[0]} in the tree; do it or file an issue"


def names_say_what_is_inside(tree):
    """A name like `utils` collects what belongs elsewhere."""
    for file in tree.files:
        if found := VAGUE_NAME.search(file.name):
            yield f"{file.path}:1: '{found[2]}' says nothing; name the file after what it does"


def headers_guard_themselves(tree):
    for file in tree.cpp():
        if file.suffix == ".h" and "#pragma once" not in file.text:
            yield f"{file.path}:1: a header needs #pragma once"


def sql_lives_in_sql_files(tree):
    """Statements are constants generated from sql/queries, where they can be read, checked and explained."""
    for file in tree.cpp(*PRODUCT):
        if file.under("server/infrastructure/database"):
            continue
        for offset, literal in string_literals(file.text):
            if SQL_START.match(literal):
                yield f"{file.where(file.line_of(offset))}: SQL belongs into sql/queries/, not into a string"


def modules_hold_no_locks(tree):
    """Threads meet in infrastructure and gateway; a module that needs a lock shares state it should not."""
    for file in tree.cpp("server/modules"):
        for found in LOCK.finditer(without_comments(file.text)):
            yield (f"{file.where(file.line_of(found.start()))}: no {found[0]} in a module; pass values, "
                   f"or put the shared thing into infrastructure")


def qt_macros_stand_alone(tree):
    """automoc of Qt 6.4 wants Q_OBJECT on a line of its own, and loses the class without an error otherwise."""
    for file in tree.cpp():
        for number, line in enumerate(without_comments(file.text).split("\n"), 1):
            if re.search(r"\bQ_(OBJECT|GADGET)\b", line) and line.strip() not in ("Q_OBJECT", "Q_GADGET"):
                yield f"{file.where(number)}: put the macro on a line of its own, moc may overlook it here"


def sources_are_listed(tree):
    """A source that no CMakeLists.txt names is never compiled, a test that none names never runs."""
    lists = [(file.folder, re.sub(r"#[^\n]*", "", file.text)) for file in tree.files
             if file.name == "CMakeLists.txt"]
    for file in tree.cpp("shared", "server", "admin-gui", "tests"):
        if file.suffix == ".cpp" and not _is_listed(file, lists):
            yield f"{file.path}:1: no CMakeLists.txt of this folder or above it names this file"


def _is_listed(file, lists):
    stem = file.name[:-len(".cpp")]
    for folder, text in lists:
        if file.folder != folder and not file.folder.startswith(folder + "/"):
            continue
        if re.search(rf"(?<![\w-]){re.escape(stem)}(\.cpp)?(?![\w-])", text):
            return True
    return False


def every_query_is_used(tree):
    """A query nobody runs is never tested and soon wrong."""
    for file in tree.files:
        if not file.under("sql/queries"):
            continue
        header = f'"{file.path[:-len(".sql")]}.h"'
        users = "\n".join(user.text for user in tree.cpp("server") if header in user.text)
        for found in QUERY_NAME.finditer(file.text):
            if not re.search(rf"\b{found[1]}\b", users):
                yield f"{file.where(file.line_of(found.start()))}: nothing uses {found[1]}"


def migrations_are_numbered(tree):
    """NNNN_title.sql, from 0001 without a gap: the order in which they are applied."""
    numbers = {}
    for file in tree.files:
        if not file.under("sql/migrations") or file.suffix != ".sql":
            continue
        found = MIGRATION.fullmatch(file.name)
        if not found:
            yield f"{file.path}:1: a migration is called NNNN_title.sql"
            continue
        if (number := int(found[1])) in numbers:
            yield f"{file.path}:1: {numbers[number]} has the same number"
        numbers[number] = file.name
    for expected, number in enumerate(sorted(numbers), 1):
        if number != expected:
            yield f"sql/migrations/{numbers[number]}:1: number {expected:04} is missing before it"
            break


RULES = (license_line_comes_first, files_stay_short, nothing_is_left_unfinished, names_say_what_is_inside,
         headers_guard_themselves, sql_lives_in_sql_files, modules_hold_no_locks, qt_macros_stand_alone,
         sources_are_listed, every_query_is_used, migrations_are_numbered)
