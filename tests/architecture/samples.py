# SPDX-License-Identifier: GPL-3.0-or-later
"""For each rule: (title, files, what the sentence says, or None where the rule is kept)."""
import documents
import house_rules
import layering

LICENSE = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
LATER = "TO" "DO"
MESSAGE = "server/modules/message/message_service.h"
MESSAGE_CMAKE = "server/modules/message/CMakeLists.txt"
CHANNEL_SERVICE = {"server/modules/channel/channel_service.h":
                   '#include "server/modules/channel/channel_view.h"\n'
                   '#include "server/modules/channel/channel_repository.h"\n'}
CHANNEL = {"server/modules/channel/CMakeLists.txt": "guildhall_add_module(channel SOURCES a.cpp)"}


def message(includes, lists):
    """The message module with these includes and lists, beside a module channel."""
    return CHANNEL | {MESSAGE: "".join(f'#include "{path}"\n' for path in includes),
                      MESSAGE_CMAKE: f"guildhall_add_module(message SOURCES a.cpp {lists})"}


LAYERING = {
    layering.layers_are_kept: [
        ("shared asks the server", {"shared/a.h": '#include "server/app/config.h"\n'}, "shared may include shared"),
        ("infrastructure asks a door",
         {"server/infrastructure/a.cpp": '#include "server/gateway/rest/router.h"\n'}, "not server/gateway"),
        ("a door asks a module",
         {"server/gateway/a.cpp": '\n#include "server/modules/user/user_service.h"\n'}, "server/gateway/a.cpp:2"),
        ("the console asks the server", {"admin-gui/a.cpp": '#include "server/main.h"\n'}, "not server"),
        ("a program includes a test", {"server/app/a.cpp": '#include "tests/support/world.h"\n'}, "not tests"),
        ("main passes app by", {"server/main.cpp": '#include "server/modules/module.h"\n'}, "not server/modules"),
        ("along the arrows", {"server/app/a.cpp": '#include "server/modules/user/user_module.h"\n',
                              "server/main.cpp": '#include "server/app/application.h"\n',
                              "tests/unit/a.cpp": '#include "server/gateway/rest/router.h"\n',
                              "admin-gui/b.cpp": '#include "shared/dto/user.h"\n#include <QWidget>\n'}, None),
    ],
    layering.includes_are_paths_from_the_root: [
        ("a neighbour by its bare name", {"shared/a.h": "", "shared/b.h": '#include "a.h"\n'}, 'no "a.h"'),
        ("climbing up", {"shared/a.h": "", "shared/x/b.h": '#include "../a.h"\n'}, "instead of"),
        ("a query file that is not there",
         {"server/infrastructure/b.cpp": '#include "sql/queries/user.h"\n'}, 'no "sql/queries/user.h"'),
        ("paths from the root, and what is generated",
         {"shared/a.h": "", "shared/b.cpp": '#include "shared/a.h"\n#include "b.moc"\n#include <QString>\n',
          "sql/queries/user.sql": "", "sql/migrations/0001_a.sql": "", "tests/unit/world.h": "",
          "server/infrastructure/b.cpp": '#include "sql/queries/user.h"\n#include "sql/migrations.h"\n',
          "tests/unit/tst_a.cpp": '#include "world.h"\n'}, None),
    ],
    layering.queries_stay_in_repositories: [
        ("a door asks the database", {"server/gateway/a.cpp": '#include "sql/queries/user.h"\n'}, "ask a service"),
        ("another module's queries", message(["sql/queries/user.h"], "QUERIES message"), "not in QUERIES"),
        ("its own queries", message(["sql/queries/message.h"], "QUERIES message"), None),
    ],
    layering.modules_keep_to_their_lists: [
        ("an unlisted call", message(["server/modules/channel/channel_service.h"], ""), "add it to CALLS"),
        ("an unlisted event",
         message(["server/modules/channel/channel_events.h"], "CALLS channel"), "add it to HEARS"),
        ("somebody's repository",
         message(["server/modules/channel/channel_repository.h"], "CALLS channel"), "internal to channel"),
        ("what a service keeps to itself",
         message(["server/modules/channel/channel_repository.h"], "CALLS channel") | CHANNEL_SERVICE, "internal to channel"),
        ("a type of a service that is not called",
         message(["server/modules/channel/channel_view.h"], "HEARS channel") | CHANNEL_SERVICE, "add it to CALLS"),
        ("a type of a service", message(["server/modules/channel/channel_view.h"], "CALLS channel") | CHANNEL_SERVICE, None),
        ("a folder without lists", {MESSAGE: '#include "server/modules/channel/channel_service.h"\n'},
         "no guildhall_add_module"),
        ("what is listed, and the common interface",
         message(["server/modules/channel/channel_service.h", "server/modules/channel/channel_events.h",
                  "server/modules/module.h", "server/modules/message/message_repository.h"],
                 "CALLS channel # why\n HEARS channel"), None),
    ],
    layering.module_lists_are_true: [
        ("a stranger", message([], "CALLS nobody"), "no such module"),
        ("listed and not used", message([], "HEARS channel"), "take it out"),
        ("a circle",
         message(["server/modules/channel/channel_service.h"], "CALLS channel")
         | {"server/modules/channel/CMakeLists.txt": "guildhall_add_module(channel CALLS message)",
            "server/modules/channel/a.cpp": f'#include "{MESSAGE}"\n'}, "in a circle: channel -> message -> channel"),
        ("listed and used", message(["server/modules/channel/channel_service.h"], "CALLS channel"), None),
    ],
    layering.private_headers_stay_private: [
        ("QtHttpServer in another file",
         {"server/gateway/rest/router.cpp": "#include <QHttpServerResponse>\n"}, "qt_http_adapter"),
        ("the keychain in the daemon", {"server/app/a.cpp": "#include <qt6keychain/keychain.h>\n"}, "admin-gui"),
        ("libpq in a module", {"server/modules/user/a.cpp": "#include <libpq-fe.h>\n"}, "libpq"),
        ("each at home", {"server/gateway/rest/qt_http_adapter.cpp": "#include <QAbstractHttpServer>\n",
                          "admin-gui/api/a.cpp": "#include <qt6keychain/keychain.h>\n",
                          "server/infrastructure/database/session.cpp": "#include <libpq-fe.h>\n"}, None),
    ],
    layering.shared_knows_values_only: [
        ("a file", {"shared/a.cpp": "#include <QFile>\n"}, "values only"),
        ("an object", {"shared/a.h": "class A {\n    Q_OBJECT\n};\n"}, "no QObject"),
        ("values", {"shared/a.h": "#include <QString>\n#include <optional>\n"}, None),
    ],
}

HOUSE = {
    house_rules.license_line_comes_first: [
        ("none", {"shared/a.h": "#pragma once\n"}, "first line"),
        ("too late", {"sql/queries/a.sql": "--\n-- SPDX-License-Identifier: GPL-3.0-or-later\n"}, "first line"),
        ("first, or behind the interpreter",
         {"shared/a.h": LICENSE, "tests/a.sh": "#!/bin/sh\n#" + LICENSE[2:]}, None),
    ],
    house_rules.files_stay_short: [
        ("401 lines", {"shared/a.cpp": "\n" * 401}, "401 lines"),
        ("400 lines", {"shared/a.cpp": "\n" * 400}, None),
    ],
    house_rules.nothing_is_left_unfinished: [
        ("a mark", {"shared/a.cpp": f"int a; // {LATER}: more\n"}, f"no {LATER}"),
        ("a word that contains it", {"shared/a.cpp": f"int MAS{LATER}N;\n"}, None),
    ],
    house_rules.names_say_what_is_inside: [
        ("utils", {"shared/string_utils.h": ""}, "'utils' says nothing"),
        ("a name", {"shared/utility_belt.h": ""}, None),
    ],
    house_rules.headers_guard_themselves: [
        ("no guard", {"shared/a.h": LICENSE}, "#pragma once"),
        ("guarded", {"shared/a.h": "#pragma once\n", "shared/a.cpp": ""}, None),
    ],
    house_rules.sql_lives_in_sql_files: [
        ("a plain literal", {"server/app/a.cpp": 'f("SELECT id FROM users");\n'}, "sql/queries"),
        ("a raw literal", {"server/modules/a/b.cpp": 'f(R"(\n  INSERT INTO users)");\n'}, "sql/queries"),
        ("small letters", {"server/modules/a/b.cpp": 'f("delete from users");\n'}, "sql/queries"),
        ("prose, comments and the database layer",
         {"admin-gui/a.cpp": 'tr("Select a guild from the list"); // "SELECT 1"\n',
          "server/infrastructure/database/a.cpp": 'f("SELECT 1");\n'}, None),
    ],
    house_rules.modules_hold_no_locks: [
        ("a mutex", {"server/modules/a/b.h": "std::mutex m_lock;\n"}, "no std::mutex"),
        ("a mutex elsewhere, or only spoken of",
         {"server/infrastructure/b.h": "std::mutex m_lock;\n", "server/modules/a/b.h": "// std::mutex\n"}, None),
    ],
    house_rules.qt_macros_stand_alone: [
        ("in a line with more", {"server/app/a.h": "class A : QObject { Q_OBJECT };\n"}, "line of its own"),
        ("alone", {"server/app/a.h": "class A : QObject {\n    Q_OBJECT\n};\n"}, None),
    ],
    house_rules.sources_are_listed: [
        ("a forgotten test", {"tests/unit/tst_a.cpp": "", "tests/unit/CMakeLists.txt": "# tst_a.cpp\n"}, "names this file"),
        ("listed, here or above", {"tests/unit/tst_a.cpp": "", "tests/unit/CMakeLists.txt": "guildhall_add_test(tst_a)",
                                   "shared/core/b.cpp": "", "shared/CMakeLists.txt": "add_library(s core/b.cpp)"}, None),
    ],
    house_rules.every_query_is_used: [
        ("unused", {"sql/queries/user.sql": "-- name: find_user\nSELECT 1;\n"}, "nothing uses find_user"),
        ("used by somebody who knows another file of that name",
         {"sql/queries/user.sql": "-- name: find\nSELECT 1;\n", "server/modules/a/b.cpp": "sql::guild::find;\n"}, "find"),
        ("used", {"sql/queries/user.sql": "-- name: find_user\nSELECT 1;\n",
                  "server/modules/a/b.cpp": '#include "sql/queries/user.h"\ntx.one(sql::user::find_user);\n'}, None),
    ],
    house_rules.migrations_are_numbered: [
        ("a gap", {"sql/migrations/0001_a.sql": "", "sql/migrations/0003_b.sql": ""}, "0002 is missing"),
        ("twice", {"sql/migrations/0001_a.sql": "", "sql/migrations/0001_b.sql": ""}, "same number"),
        ("no number", {"sql/migrations/first.sql": ""}, "NNNN_title.sql"),
        ("in order", {"sql/migrations/0001_a.sql": "", "sql/migrations/0002_b.sql": ""}, None),
    ],
}

GRAPH = "<!-- modules -->\n```mermaid\ngraph LR\n{}```\n<!-- /modules -->\n"

DOCUMENTS = {
    documents.graph_is_current: [
        ("an arrow too many", CHANNEL | {"ARCHITECTURE.md": GRAPH.format("  channel --> user\n")}, "is old"),
        ("no marks", {"ARCHITECTURE.md": "text\n"}, "are missing"),
        ("as the lists say", message([], "CALLS channel HEARS channel") | {
            "ARCHITECTURE.md": GRAPH.format("  message --> channel\n  message -.-> channel\n")}, None),
    ],
    documents.links_lead_somewhere: [
        ("a dead link", {"README.md": "\n[a](docs/a.md)\n"}, "README.md:2"),
        ("live ones", {"README.md": "[a](resources/a.md#b) [c](https://example.org/) [d](#e)\n", "resources/a.md": ""},
         None),
    ],
}

SAMPLES = LAYERING | HOUSE | DOCUMENTS
