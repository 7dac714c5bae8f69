// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QString>
#include <QWidget>

namespace guildhall::console {

/// Mouse and keyboard of the X server: events come to the console the way a person's do, through
/// the window system, hit testing and focus. Each waits until the X server has taken it.
namespace hands {

/// The middle of a widget, or `at` in it.
void click(QWidget *widget, const QPoint &at = {-1, -1});
/// A cell, near its left end where boxes are.
void clickCell(QAbstractItemView *view, const QModelIndex &index, const QPoint &offset = {23, 0});
void type(const QString &text);
/// As xdotool names it: "Return", "alt+Up", "ctrl+a".
void press(const QString &key);

} // namespace hands

} // namespace guildhall::console
