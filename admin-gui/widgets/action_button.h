// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;
class QPushButton;
class QWidget;

namespace guildhall::console {

/// A push button that does what an action does, and is named, enabled and explained as it is.
QPushButton *actionButton(QAction *action, QWidget *parent = nullptr);

} // namespace guildhall::console
