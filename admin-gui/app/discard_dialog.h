// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace guildhall::console {

/// Asks whether changes that are not applied may be discarded. Accepted means yes; who does not
/// decide stays.
class DiscardDialog : public QDialog {
    Q_OBJECT

public:
    /// @param what     has changes, as a sentence
    /// @param because  what would discard them, as a sentence
    DiscardDialog(const QString &what, const QString &because, QWidget *parent = nullptr);
};

} // namespace guildhall::console
