# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom. The picture is in ARCHITECTURE.md; arrows point the way includes go:

    main -> app -> modules -> gateway -> infrastructure -> shared <- admin-gui

A rule is a function of the tree that yields sentences, each beginning with `path:line: `.
"""
from module_lists import find_circle, read_modules

# A layer and what it may include beside itself. The first that fits a path is its layer.
LAYERS = (
    ("server/infrastructure", ("shared",)),
    ("server/gateway", ("shared", "server/infrastructure")),
    ("server/modules", ("shared", "server/infrastructure", "server/gateway")),
    ("server/app", ("shared", "server/infrastructure", "server/gateway", "server/modules")),
    ("server", ("shared", "server/infrastructure", "server/app")),
    ("admin-gui", ("shared",)),
    ("shared", ()),
    ("tests", ("shared", "server", "admin-gui")),
)
# Where generated constants of sql/queries may be used.
QUERY_USERS = ("server/infrastructure", "server/modules", "tests")
GENERATED_BY_QT = ("moc_", "ui_", "qrc_")
# What only one place may include, and why.
PRIVATE_HEADERS = (
    (("QtHttpServer", "QHttpServer", "QAbstractHttpServer"), "server/gateway/rest/qt_http_adapter",
     "its API changes between versions and its responders are dangerous to hold"),
    (("qtkeychain", "qt6keychain", "keychain.h"), "admin-gui/", "only the console keeps secrets of a person"),
    (("libpq",), "server/infrastructure/database/", "nobody else sees libpq"),
    (("QtSql", "QSql"), "server/infrastructure/database/", "repositories use Session and Tx"),
    (("hiredis",), "server/infrastructure/redis/", "nobody else sees hiredis"),
    (("QtWidgets", "QWidget", "QApplication"), "admin-gui/", "the daemon is headless"),
)
# What a service may hold by value and still nobody else may see.
INTERNAL = ("_repository.h", "_controller.h", "_listeners.h", "_module.h", "_events.h")
# Of Qt, shared/ knows only values: no object, no file, no socket.
FOREIGN_TO_SHARED = ("QObject", "QIODevice", "QFile", "QProcess", "QTimer", "QThread", "QtNetwork",
                     "QTcp", "QNetwork", "QSql", "QWebSocket", "QHttp", "QEventLoop", "QCoreApplication")


def layer_of(path):
    return next((layer for layer in LAYERS if path.startswith(layer[0] + "/")), None)


def layers_are_kept(tree):
    """Includes go only along the arrows."""
    for file in tree.cpp():
        layer = layer_of(file.path)
        for line, target, quoted in file.includes():
            if not quoted or layer is None or target.startswith("sql/"):
                continue
            top = layer_of(target)
            if top is None or top is layer or top[0] in layer[1]:
                continue
            if layer[0] == "tests" and top[0].startswith("server"):
                continue
            yield (f"{file.where(line)}: {layer[0]} may include {_names(layer[1] + (layer[0],))}, "
                   f"not {top[0]}: turn the arrow round (an interface here, implemented there) or move the code")


def includes_are_paths_from_the_root(tree):
    """An include shows its layer, and what it names exists."""
    for file in tree.cpp():
        for line, target, quoted in file.includes():
            if not quoted:
                continue
            if ".." in target.split("/"):
                yield f'{file.where(line)}: write the path from the root instead of "{target}"'
            elif not any(tree.exists(source) for source in _sources_of(file, target)):
                yield f'{file.where(line)}: there is no "{target}"; quotes are for paths from the root'


def queries_stay_in_repositories(tree):
    """Generated SQL constants are used by infrastructure and modules, each module its own."""
    modules = read_modules(tree)
    for file in tree.cpp():
        for line, target, _ in file.includes():
            if not target.startswith("sql/queries/"):
                continue
            if not file.under(*QUERY_USERS):
                yield f"{file.where(line)}: SQL is for repositories; ask a service instead"
            name, module = target[len("sql/queries/"):-2], _module_of(file, modules)
            if module and name not in module.queries:
                yield f"{file.where(line)}: {name} is not in QUERIES of {module.cmake}"


def modules_keep_to_their_lists(tree):
    """Of another module: x_service.h if it is in CALLS, x_events.h if it is in HEARS."""
    modules = read_modules(tree)
    for file in tree.cpp("server/modules"):
        module = _module_of(file, modules)
        for line, target, _ in file.includes():
            other = _module_name(target)
            if other is None or (module and other == _module_name(file.path)):
                continue
            yield from _check_foreign(tree, file.where(line), target, module)


def _check_foreign(tree, where, target, module):
    name, other = target.rsplit("/", 1)[-1], _module_name(target)
    if module is None:
        yield f"{where}: this folder has no guildhall_add_module(…) that could allow {target}"
    elif name.endswith("_events.h"):
        if other not in module.hears:
            yield f"{where}: to listen to {other}, add it to HEARS in {module.cmake}"
    elif target in _interface(tree, other):
        if other not in module.calls:
            yield f"{where}: to call {other}, add it to CALLS in {module.cmake}"
    else:
        yield (f"{where}: {name} is internal to {other}; other modules see {other}_service.h, "
               f"the types it shows, and {other}_events.h")


def _interface(tree, name):
    """What CALLS opens: services, and of their own module the types whose headers they include."""
    folder = f"server/modules/{name}/"
    services = [file for file in tree.cpp(folder) if file.name.endswith("_service.h")]
    types = {target for service in services for _, target, _ in service.includes()
             if target.startswith(folder) and not target.endswith(INTERNAL)}
    return types | {f"{folder}{name}_service.h"} | {service.path for service in services}


def module_lists_are_true(tree):
    """CALLS and HEARS name modules that exist and are used, and calls go round in no circle."""
    modules = read_modules(tree)
    for module in modules.values():
        used = {(_module_name(target), target.endswith("_events.h"))
                for file in tree.cpp(module.folder) for _, target, _ in file.includes()}
        for kind, names, events in (("CALLS", module.calls, False), ("HEARS", module.hears, True)):
            for name in sorted(names):
                if name not in modules:
                    yield f"{module.cmake}:1: {kind} names {name}, and there is no such module"
                elif (name, events) not in used:
                    yield f"{module.cmake}:1: {kind} names {name}, but no file here includes it; take it out"
    if circle := find_circle(modules):
        yield f"{modules[circle[0]].cmake}:1: modules call each other in a circle: {' -> '.join(circle)}"


def private_headers_stay_private(tree):
    """Some libraries are known in one place only."""
    for file in tree.cpp("shared", "server", "admin-gui"):
        for line, target, _ in file.includes():
            for prefixes, home, reason in PRIVATE_HEADERS:
                if target.startswith(prefixes) and not file.path.startswith(home):
                    yield f"{file.where(line)}: <{target}> is only for {home}*: {reason}"


def shared_knows_values_only(tree):
    """shared/ is the language of both programs: QtCore, no object, no input or output."""
    for file in tree.cpp("shared"):
        for line, target, _ in file.includes():
            if target.rsplit("/", 1)[-1].startswith(FOREIGN_TO_SHARED):
                yield f"{file.where(line)}: <{target}> does not belong into shared/: values only"
        for number, text in enumerate(file.lines, 1):
            if text.strip() == "Q_OBJECT":
                yield f"{file.where(number)}: no QObject in shared/"


def _sources_of(file, target):
    """Where an include may come from: the file itself, the .sql file or folder that it is generated from,
    the folder of a test."""
    yield from (target, target[:-2] + ".sql", target[:-2])
    if file.under("tests"):
        yield f"{file.folder}/{target}"
        yield f"tests/support/{target.rsplit('/', 1)[-1][:-2]}.sql"
    if _is_made_by_qt(target):
        yield file.path


def _module_name(path):
    parts = path.split("/")
    return parts[2] if path.startswith("server/modules/") and len(parts) > 3 else None


def _module_of(file, modules):
    return modules.get(_module_name(file.path))


def _is_made_by_qt(target):
    name = target.rsplit("/", 1)[-1]
    return name.startswith(GENERATED_BY_QT) or name.endswith(".moc")


def _names(layers):
    return ", ".join(layers[:-1]) + (" and " if len(layers) > 1 else "") + layers[-1]


RULES = (layers_are_kept, includes_are_paths_from_the_root, queries_stay_in_repositories,
         modules_keep_to_their_lists, module_lists_are_true, private_headers_stay_private,
         shared_knows_values_only)
