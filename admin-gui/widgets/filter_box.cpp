// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/filter_box.h"

#include "admin-gui/widgets/icon.h"

#include <QKeyEvent>

#include <chrono>

namespace guildhall::console {

namespace {
constexpr int usualWidth = 220;
constexpr int smallestWidth = 140; // on a screen 1024 wide
} // namespace

FilterBox::FilterBox(const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setToolTip(tr("Ctrl+F"));
    setClearButtonEnabled(true);
    setMinimumWidth(smallestWidth);
    addAction(themedIcon(QStringLiteral("search"), QStringLiteral("muted")), LeadingPosition);
    m_pause.setSingleShot(true);
    m_pause.setInterval(std::chrono::milliseconds(150));
    connect(this, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_pause, &QTimer::timeout, this, &FilterBox::tell);
}

QSize FilterBox::sizeHint() const
{
    return QLineEdit::sizeHint().expandedTo(QSize(usualWidth, 0));
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
