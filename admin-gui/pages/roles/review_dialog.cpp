// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/roles/review_dialog.h"

#include "admin-gui/widgets/button_kind.h"
#include "admin-gui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace guildhall::console {

ReviewDialog::ReviewDialog(const QStringList &changes, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("reviewDialog"));
    setWindowTitle(tr("Review changes"));
    auto *list = new QListWidget(this);
    list->setAccessibleName(tr("Changes"));
    list->addItems(changes);
    list->setWordWrap(true);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *apply = buttons->addButton(tr("Apply"), QDialogButtonBox::AcceptRole);
    setButtonKind(apply, ButtonKind::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(10);
    column->addWidget(headingLabel(tr("%n change(s)", nullptr, int(changes.size())), 2, this));
    column->addWidget(list, 1);
    column->addWidget(buttons);
    resize(520, 380);
}

} // namespace guildhall::console
