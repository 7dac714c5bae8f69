// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/cell_delegates.h"

#include "admin-gui/models/model_roles.h"
#include "admin-gui/widgets/presence_dot.h"
#include "admin-gui/widgets/theme.h"

#include <QApplication>
#include <QPainter>

namespace guildhall::console {

namespace {

constexpr int margin = 8;

/// Ground, selection and focus of a cell, without the text. Hovering and focus are left out of what
/// Fusion draws, which would set one cell of a chosen row apart.
QStyleOptionViewItem drawGround(QPainter &painter, QStyleOptionViewItem option)
{
    const bool focused = option.state & QStyle::State_HasFocus;
    option.text.clear();
    option.state &= ~(QStyle::State_MouseOver | QStyle::State_HasFocus);
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, &painter, option.widget);
    if (focused) {
        painter.save();
        painter.setPen(themeColor(QStringLiteral("accent")));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
        painter.restore();
    }
    return option;
}

QColor inkOf(const QStyleOptionViewItem &option)
{
    const bool selected = option.state & QStyle::State_Selected;
    return option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
}

void drawText(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect,
              const QString &text, Qt::Alignment alignment = Qt::AlignLeft)
{
    painter.setFont(option.font);
    painter.setPen(inkOf(option));
    painter.drawText(rect, int(Qt::AlignVCenter | alignment) | Qt::TextSingleLine,
                     option.fontMetrics.elidedText(text, Qt::ElideRight, rect.width()));
}

QRectF leading(const QRect &cell, double size)
{
    return {cell.left() + double(margin), cell.center().y() - size / 2 + 0.5, size, size};
}

QString initialOf(const QString &name)
{
    for (int i = 0; i < name.size(); ++i) {
        if (name[i].isLetterOrNumber())
            return name.mid(i, 1).toUpper();
    }
    return QStringLiteral("?");
}

} // namespace

void TextDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = item.text;
    item = drawGround(*painter, item);
    painter->save();
    drawText(*painter, item, item.rect.adjusted(margin, 0, -margin, 0), text,
             item.displayAlignment & Qt::AlignHorizontal_Mask);
    painter->restore();
}

void NameDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString name = item.text;
    item = drawGround(*painter, item);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF circle = leading(item.rect, 26);
    painter->setPen(Qt::NoPen);
    painter->setBrush(themeColor(QStringLiteral("accent")));
    painter->drawEllipse(circle);
    QFont small = item.font;
    small.setBold(true);
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter->setFont(small);
    painter->setPen(themeColor(QStringLiteral("onAccent")));
    painter->drawText(circle, Qt::AlignCenter, initialOf(name));
    drawText(*painter, item, item.rect.adjusted(margin + 36, 0, -margin, 0), name);
    painter->restore();
}

void PresenceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString word = item.text;
    item = drawGround(*painter, item);
    painter->save();
    drawPresence(*painter, leading(item.rect, 11), index.data(StatusRole).toString());
    drawText(*painter, item, item.rect.adjusted(margin + 20, 0, -margin, 0), word);
    painter->restore();
}

void drawRoleColor(QPainter &painter, const QRectF &rect, int color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (color == 0) {
        painter.setPen(QPen(themeColor(QStringLiteral("muted")), 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(rect.adjusted(0.7, 0.7, -0.7, -0.7));
    } else {
        painter.setPen(QPen(themeColor(QStringLiteral("border")), 1));
        painter.setBrush(QColor::fromRgb(QRgb(color) | 0xff000000u));
        painter.drawEllipse(rect);
    }
    painter.restore();
}

void RoleDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    // A star beside the name: a change must not be told by weight alone.
    const QString name
        = index.data(ChangedRole).toBool() ? item.text + QStringLiteral(" *") : item.text;
    item = drawGround(*painter, item);
    painter->save();
    drawRoleColor(*painter, leading(item.rect, 12), index.data(ColorRole).toInt());
    drawText(*painter, item, item.rect.adjusted(margin + 22, 0, -margin, 0), name);
    painter->restore();
}

void RoleDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                        const QModelIndex &) const
{
    editor->setGeometry(option.rect.adjusted(margin + 16, 1, -1, -1));
}

} // namespace guildhall::console
