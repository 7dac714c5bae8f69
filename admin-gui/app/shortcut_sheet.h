// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace guildhall::console {

/// Every key that does something, and what; can be searched.
class ShortcutSheet : public QDialog {
    Q_OBJECT

public:
    /// @param window whose actions are listed, with those of everything in it
    explicit ShortcutSheet(QWidget *window);
};

} // namespace guildhall::console
