// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/action_button.h"

#include <QAction>
#include <QPushButton>

namespace guildhall::console {

QPushButton *actionButton(QAction *action, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    const auto follow = [button, action] {
        button->setText(u' ' + action->text()); // Fusion puts text close to the picture
        button->setAccessibleName(action->text());
        button->setIcon(action->icon());
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
    };
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

} // namespace guildhall::console
