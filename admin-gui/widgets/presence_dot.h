// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QString>

namespace guildhall::console {

/// Draws a presence as a mark whose shape differs as well as its colour: full, crescent, barred,
/// hollow.
/// @param status on the wire: "online", "idle", "dnd" or anything else for offline
void drawPresence(QPainter &painter, const QRectF &rect, const QString &status);

} // namespace guildhall::console
