// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/draft_bar.h"

#include "admin-gui/widgets/button_kind.h"
#include "admin-gui/widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace guildhall::console {

DraftBar::DraftBar(QWidget *parent)
    : QFrame(parent)
    , m_text(plainLabel({}, this))
    , m_review(new QPushButton(tr("&Review…"), this))
    , m_apply(new QPushButton(tr("A&pply"), this))
    , m_discard(new QPushButton(tr("&Discard"), this))
{
    setObjectName(QStringLiteral("draftBar"));
    setAccessibleName(tr("Changes that are not applied yet"));
    m_review->setObjectName(QStringLiteral("review"));
    setButtonKind(m_apply, ButtonKind::Primary);
    connect(m_review, &QPushButton::clicked, this, &DraftBar::reviewRequested);
    connect(m_apply, &QPushButton::clicked, this, &DraftBar::applyRequested);
    connect(m_discard, &QPushButton::clicked, this, &DraftBar::discardRequested);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->addWidget(m_text, 1);
    row->addWidget(m_discard);
    row->addWidget(m_review);
    row->addWidget(m_apply);
    hide();
}

void DraftBar::setChanges(int count)
{
    m_text->setText(tr("%n change(s) not applied yet", nullptr, count));
    setVisible(count > 0);
}

void DraftBar::setApplyEnabled(bool enabled, const QString &why)
{
    m_apply->setEnabled(enabled);
    m_apply->setToolTip(why);
}

QString DraftBar::text() const
{
    return m_text->text();
}

} // namespace guildhall::console
