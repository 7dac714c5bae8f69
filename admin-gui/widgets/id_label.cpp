// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/id_label.h"

#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/labels.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QToolButton>

namespace guildhall::console {

IdLabel::IdLabel(QWidget *parent)
    : QWidget(parent)
    , m_text(plainLabel({}, this))
    , m_copy(new QToolButton(this))
{
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy->setProperty("flat", true);
    m_copy->setIcon(themedIcon(QStringLiteral("copy"), QStringLiteral("muted")));
    m_copy->setProperty("small", true);
    m_copy->setToolTip(tr("Copy id"));
    m_copy->setAccessibleName(tr("Copy id"));
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(id()); });
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(4);
    row->addWidget(m_text);
    row->addWidget(m_copy);
    row->addStretch();
}

void IdLabel::setId(const QString &id)
{
    m_text->setText(id);
    m_text->setAccessibleName(tr("Id %1").arg(id));
    m_copy->setEnabled(!id.isEmpty());
}

QString IdLabel::id() const
{
    return m_text->text();
}

} // namespace guildhall::console
