// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/permission_cell.h"

#include "admin-gui/models/model_roles.h"
#include "admin-gui/widgets/cell_delegates.h"
#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/theme.h"

#include <QPainter>

namespace guildhall::console {

namespace {

constexpr int boxSize = 18;
constexpr int boxLeft = 14;
constexpr int headerWidth = 236;
constexpr int headingIndent = 10;
constexpr int nameIndent = 18;

void drawBox(QPainter &painter, const QRect &box, bool on, bool editable)
{
    const QColor ink = themeColor(editable ? QStringLiteral("accent") : QStringLiteral("muted"));
    painter.setPen(QPen(on ? ink : themeColor(QStringLiteral("muted")), 1.4));
    painter.setBrush(on ? QBrush(ink) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(box).adjusted(0.7, 0.7, -0.7, -0.7), 4, 4);
    if (on) {
        themedIcon(QStringLiteral("check"),
                   editable ? QStringLiteral("onAccent") : QStringLiteral("base"))
            .paint(&painter, box.adjusted(2, 2, -2, -2));
    }
}

QColor groundFor(const QModelIndex &index, bool selected)
{
    if (index.data(HeadingRole).toBool())
        return themeColor(QStringLiteral("window"));
    if (selected)
        return themeColor(QStringLiteral("selection"));
    return themeColor(index.data(ChangedRole).toBool() ? QStringLiteral("changedSoft")
                                                       : QStringLiteral("base"));
}

} // namespace

QRect PermissionCellDelegate::boxIn(const QRect &cell)
{
    return {cell.left() + boxLeft, cell.center().y() - boxSize / 2 + 1, boxSize, boxSize};
}

QSize PermissionCellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {124, 32};
}

void PermissionCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option.rect, groundFor(index, selected));
    if (!index.data(HeadingRole).toBool()) {
        const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        const bool editable = index.flags() & Qt::ItemIsUserCheckable;
        const QRect box = boxIn(option.rect);
        drawBox(*painter, box, on, editable);
        QString word = index.data().toString();
        if (index.data(ChangedRole).toBool())
            word += QStringLiteral(" *");
        const QString ink = selected ? QStringLiteral("onSelection")
            : on && editable         ? QStringLiteral("text")
                                     : QStringLiteral("muted");
        painter->setPen(themeColor(ink));
        painter->drawText(option.rect.adjusted(box.right() - option.rect.left() + 8, 0, -2, 0),
                          Qt::AlignVCenter | Qt::AlignLeft, word);
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(themeColor(QStringLiteral("border")));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(themeColor(QStringLiteral("accent")), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
    }
    painter->restore();
}

PermissionRowHeader::PermissionRowHeader(QWidget *parent)
    : QHeaderView(Qt::Vertical, parent)
{
    setSectionResizeMode(Fixed);
    setDefaultSectionSize(32);
    setSectionsClickable(true);
}

QSize PermissionRowHeader::sizeHint() const
{
    return {headerWidth, QHeaderView::sizeHint().height()};
}

void PermissionRowHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const auto value = [&](int role) {
        return model()->headerData(section, orientation(), role);
    };
    const bool heading = value(HeadingRole).toBool();
    painter->save();
    painter->fillRect(rect,
                      themeColor(heading ? QStringLiteral("window") : QStringLiteral("base")));
    QFont font = this->font();
    font.setBold(heading);
    painter->setFont(font);
    painter->setPen(themeColor(heading ? QStringLiteral("muted") : QStringLiteral("text")));
    QRect text = rect.adjusted(heading ? headingIndent : nameIndent, 0, -8, 0);
    if (value(DangerousRole).toBool()) {
        const QRect sign(rect.right() - 26, rect.center().y() - 8, 16, 16);
        themedIcon(QStringLiteral("warning"), QStringLiteral("idle")).paint(painter, sign);
        text.setRight(sign.left() - 4);
    }
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                      QFontMetrics(font).elidedText(value(Qt::DisplayRole).toString(),
                                                    Qt::ElideRight, text.width()));
    painter->setPen(themeColor(QStringLiteral("border")));
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    painter->drawLine(rect.topRight(), rect.bottomRight());
    painter->restore();
}

PermissionColumnHeader::PermissionColumnHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    setHighlightSections(true);
    setDefaultSectionSize(124);
    setStretchLastSection(true); // no bare ground beside few roles
    setFixedHeight(36);
}

void PermissionColumnHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const QModelIndex current = selectionModel() ? selectionModel()->currentIndex() : QModelIndex();
    const bool here = current.isValid() && current.column() == section;
    painter->save();
    painter->fillRect(rect,
                      themeColor(here ? QStringLiteral("selection") : QStringLiteral("window")));
    const QRectF dot(rect.left() + 14, rect.center().y() - 5, 11, 11);
    drawRoleColor(*painter, dot, model()->headerData(section, orientation(), ColorRole).toInt());
    QFont font = this->font();
    font.setBold(true);
    painter->setFont(font);
    painter->setPen(themeColor(here ? QStringLiteral("onSelection") : QStringLiteral("text")));
    const QRect text = rect.adjusted(32, 0, -6, 0);
    const QString name = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                      QFontMetrics(font).elidedText(name, Qt::ElideRight, text.width()));
    painter->setPen(themeColor(QStringLiteral("border")));
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    painter->restore();
}

} // namespace guildhall::console
