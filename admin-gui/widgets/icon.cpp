// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/icon.h"

#include "admin-gui/widgets/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace guildhall::console {

namespace {

class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(QString name, QString color)
        : m_name(std::move(name))
        , m_color(std::move(color))
    { }

    QIconEngine *clone() const override { return new ThemedIconEngine(m_name, m_color); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QSvgRenderer renderer(svg(mode));
        renderer.render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        const QString key = QStringLiteral("icon/%1/%2/%3/%4x%5")
                                .arg(m_name, inkFor(mode).name())
                                .arg(int(mode))
                                .arg(size.width())
                                .arg(size.height());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

private:
    QColor inkFor(QIcon::Mode mode) const
    {
        return themeColor(mode == QIcon::Disabled ? QStringLiteral("muted") : m_color);
    }
    QByteArray svg(QIcon::Mode mode) const
    {
        QFile file(QStringLiteral(":/console/icons/%1.svg").arg(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return file.readAll().replace("currentColor", inkFor(mode).name().toLatin1());
    }

    QString m_name;
    QString m_color;
};

} // namespace

QIcon themedIcon(const QString &name, const QString &color)
{
    return QIcon(new ThemedIconEngine(name, color));
}

} // namespace guildhall::console
