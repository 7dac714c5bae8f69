// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

namespace guildhall::console {

/// What a draft will change, line by line, before it is applied.
class ReviewDialog : public QDialog {
    Q_OBJECT

public:
    explicit ReviewDialog(const QStringList &changes, QWidget *parent = nullptr);
};

} // namespace guildhall::console
