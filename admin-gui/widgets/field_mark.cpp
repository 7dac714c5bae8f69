// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/field_mark.h"

#include <QComboBox>
#include <QLineEdit>
#include <QStyle>

namespace guildhall::console {

namespace {

void mark(QWidget *widget, bool invalid)
{
    widget->setProperty("invalid", invalid);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

void markInvalid(QLineEdit *field, bool invalid)
{
    if (field->property("invalid").toBool() == invalid)
        return;
    mark(field, invalid);
    // The frame around the line of a combo box is the box's.
    if (auto *box = qobject_cast<QComboBox *>(field->parentWidget()))
        mark(box, invalid);
}

} // namespace guildhall::console
