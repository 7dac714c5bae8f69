// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/filter_box.h"

#include "admin-gui/widgets/icon.h"

#include <QKeyEvent>

#include <chrono>

namespace guildhall::console {

FilterBox::FilterBox(const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setToolTip(tr("Ctrl+F"));
    setClearButtonEnabled(true);
    setMinimumWidth(220);
    addAction(themedIcon(QStringLiteral("search"), QStringLiteral("muted")), LeadingPosition);
    m_pause.setSingleShot(true);
    m_pause.setInterval(std::chrono::milliseconds(150));
    connect(this, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_pause, &QTimer::timeout, this, &FilterBox::tell);
}

void FilterBox::take()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void FilterBox::tell()
{
    Q_EMIT filterChanged(text());
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty())
        clear();
    else
        QLineEdit::keyPressEvent(event);
}

} // namespace guildhall::console
