// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/main_window.h"
#include "admin-gui/widgets/theme.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QTest>

namespace guildhall::console {

/// The Console's window, shown, before a server that answers. Nobody has signed in.
struct ShownWindow {
    ShownWindow() { window.show(); }

    bool isActive() { return QTest::qWaitForWindowActive(&window); }

    Theme theme;
    FakeServer server;
    MainWindow window{server.session, server.settings};
};

} // namespace guildhall::console
