// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/presence_dot.h"

#include "admin-gui/widgets/theme.h"

namespace guildhall::console {

void drawPresence(QPainter &painter, const QRectF &rect, const QString &status,
                  const QColor &ground)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double size = rect.width();
    if (status == u"online") {
        painter.setBrush(themeColor(QStringLiteral("online")));
        painter.drawEllipse(rect);
    } else if (status == u"idle") {
        painter.setBrush(themeColor(QStringLiteral("idle")));
        painter.drawEllipse(rect);
        painter.setBrush(ground);
        painter.drawEllipse(rect.translated(-size * 0.28, -size * 0.28));
    } else if (status == u"dnd") {
        painter.setBrush(themeColor(QStringLiteral("dnd")));
        painter.drawEllipse(rect);
        painter.setBrush(ground);
        painter.drawRoundedRect(rect.adjusted(size * 0.2, size * 0.4, -size * 0.2, -size * 0.4), 1,
                                1);
    } else {
        const double width = size * 0.22;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(themeColor(QStringLiteral("offline")), width));
        painter.drawEllipse(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2));
    }
    painter.restore();
}

} // namespace guildhall::console
