// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/labels.h"

namespace guildhall::console {

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QLabel *mutedLabel(const QString &text, QWidget *parent)
{
    QLabel *label = plainLabel(text, parent);
    label->setProperty("muted", true);
    return label;
}

QLabel *headingLabel(const QString &text, int level, QWidget *parent)
{
    QLabel *label = plainLabel(text, parent);
    label->setProperty("heading", level);
    return label;
}

} // namespace guildhall::console
