// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/skeleton.h"

#include "admin-gui/widgets/theme.h"

#include <QPainter>

namespace guildhall::console {

Skeleton::Skeleton(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Loading"));
}

void Skeleton::paintEvent(QPaintEvent *)
{
    constexpr int rowHeight = 40;
    constexpr int bar = 14;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(themeColor(QStringLiteral("skeleton")));
    for (int row = 0; row * rowHeight + rowHeight <= height(); ++row) {
        const int y = row * rowHeight + (rowHeight - bar) / 2;
        painter.drawEllipse(QRectF(12, row * rowHeight + 8, 24, 24));
        // Of different length, as names are; the same at each painting.
        const double share = 0.16 + 0.05 * double((row * 7) % 4);
        painter.drawRoundedRect(QRectF(48, y, width() * share, bar), 5, 5);
        painter.drawRoundedRect(QRectF(width() * 0.45, y, width() * 0.12, bar), 5, 5);
        painter.drawRoundedRect(QRectF(width() * 0.65, y, width() * share, bar), 5, 5);
    }
}

} // namespace guildhall::console
