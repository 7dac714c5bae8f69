// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace guildhall::console {

/// A label for text that came from the server or from people: never read as markup.
QLabel *plainLabel(const QString &text = {}, QWidget *parent = nullptr);
/// Plain, and in the quieter colour.
QLabel *mutedLabel(const QString &text = {}, QWidget *parent = nullptr);
/// A heading; 1 for a page's, 2 for a part's.
QLabel *headingLabel(const QString &text, int level, QWidget *parent = nullptr);

} // namespace guildhall::console
