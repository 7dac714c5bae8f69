// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/field_mark.h"

#include <QLineEdit>
#include <QStyle>

namespace guildhall::console {

void markInvalid(QLineEdit *field, bool invalid)
{
    if (field->property("invalid").toBool() == invalid)
        return;
    field->setProperty("invalid", invalid);
    field->style()->unpolish(field);
    field->style()->polish(field);
}

} // namespace guildhall::console
