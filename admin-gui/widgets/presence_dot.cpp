// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/presence_dot.h"

#include "admin-gui/widgets/theme.h"

#include <QPainterPath>

namespace guildhall::console {

namespace {

QPainterPath ellipse(const QRectF &rect)
{
    QPainterPath path;
    path.addEllipse(rect);
    return path;
}

} // namespace

void drawPresence(QPainter &painter, const QRectF &rect, const QString &status)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double size = rect.width();
    if (status == u"online") {
        painter.setBrush(themeColor(QStringLiteral("online")));
        painter.drawEllipse(rect);
    } else if (status == u"idle") {
        painter.fillPath(
            ellipse(rect).subtracted(ellipse(rect.translated(-size * 0.28, -size * 0.28))),
            themeColor(QStringLiteral("idle")));
    } else if (status == u"dnd") {
        QPainterPath bar;
        bar.addRect(rect.adjusted(size * 0.2, size * 0.4, -size * 0.2, -size * 0.4));
        painter.fillPath(ellipse(rect).subtracted(bar), themeColor(QStringLiteral("dnd")));
    } else {
        const double width = size * 0.22;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(themeColor(QStringLiteral("offline")), width));
        painter.drawEllipse(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2));
    }
    painter.restore();
}

} // namespace guildhall::console
