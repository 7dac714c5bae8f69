// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/icon_label.h"

#include <QPainter>

namespace guildhall::console {

IconLabel::IconLabel(int size, QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(size, size);
}

void IconLabel::setIcon(const QIcon &icon)
{
    m_icon = icon;
    update();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_icon.paint(&painter, rect());
}

} // namespace guildhall::console
