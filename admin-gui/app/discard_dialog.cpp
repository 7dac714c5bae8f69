// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/discard_dialog.h"

#include "admin-gui/widgets/button_kind.h"
#include "admin-gui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace guildhall::console {

DiscardDialog::DiscardDialog(const QString &what, const QString &because, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("draftQuestion"));
    setWindowTitle(tr("Changes are not applied"));
    auto *text = plainLabel(what, this);
    text->setWordWrap(true);
    auto *reason = mutedLabel(because, this);
    reason->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(this);
    auto *discard = buttons->addButton(tr("&Discard changes"), QDialogButtonBox::AcceptRole);
    discard->setObjectName(QStringLiteral("discard"));
    setButtonKind(discard, ButtonKind::Danger);
    auto *stay = buttons->addButton(tr("&Stay"), QDialogButtonBox::RejectRole);
    stay->setObjectName(QStringLiteral("stay"));
    stay->setDefault(true);
    stay->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(10);
    column->addWidget(headingLabel(windowTitle(), 2, this));
    column->addWidget(text);
    column->addWidget(reason);
    column->addWidget(buttons);
    setMinimumWidth(440);
}

} // namespace guildhall::console
