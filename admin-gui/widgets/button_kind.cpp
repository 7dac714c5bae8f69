// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/button_kind.h"

#include <QPushButton>
#include <QStyle>

namespace guildhall::console {

void setButtonKind(QPushButton *button, ButtonKind kind)
{
    button->setProperty(
        "kind", kind == ButtonKind::Primary ? QStringLiteral("primary") : QStringLiteral("danger"));
    button->style()->unpolish(button);
    button->style()->polish(button);
}

} // namespace guildhall::console
