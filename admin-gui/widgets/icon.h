// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace guildhall::console {

/// One of resources/icons/console, drawn in a colour of the theme, whichever that is at the moment
/// of drawing, and sharp at any scale.
/// @param name    the file's, without ending
/// @param color   as in the theme's ini files
QIcon themedIcon(const QString &name, const QString &color = QStringLiteral("text"));

} // namespace guildhall::console
