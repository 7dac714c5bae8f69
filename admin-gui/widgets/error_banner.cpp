// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/error_banner.h"

#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/icon_label.h"
#include "admin-gui/widgets/labels.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

#include <cmath>

namespace guildhall::console {

ErrorBanner::ErrorBanner(QWidget *parent)
    : QFrame(parent)
    , m_text(plainLabel({}, this))
    , m_detail(mutedLabel({}, this))
    , m_retry(new QPushButton(tr("Retry"), this))
{
    setObjectName(QStringLiteral("errorBanner"));
    m_text->setWordWrap(true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *sign = new IconLabel(20, this);
    sign->setIcon(themedIcon(QStringLiteral("warning"), QStringLiteral("danger")));
    auto *close = new QToolButton(this);
    close->setProperty("flat", true);
    close->setIcon(themedIcon(QStringLiteral("close"), QStringLiteral("onDangerSoft")));
    close->setAccessibleName(tr("Dismiss"));
    close->setToolTip(tr("Dismiss"));
    connect(close, &QToolButton::clicked, this, &ErrorBanner::dismiss);
    connect(m_retry, &QPushButton::clicked, this, [this] {
        dismiss();
        Q_EMIT retryRequested();
    });
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_text);
    words->addWidget(m_detail);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(sign);
    row->addLayout(words, 1);
    row->addWidget(m_retry);
    row->addWidget(close);
    hide();
}

void ErrorBanner::showError(const QString &doing, const CallError &error, bool canRetry)
{
    showText(doing.isEmpty() ? errorText(error) : tr("%1: %2").arg(doing, errorText(error)),
             canRetry);
    m_detail->setText(tr("Request %1").arg(error.requestId));
    m_detail->setVisible(!error.requestId.isEmpty());
}

void ErrorBanner::showText(const QString &text, bool canRetry)
{
    m_text->setText(text);
    m_detail->hide();
    m_retry->setVisible(canRetry);
    setAccessibleName(text);
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString ErrorBanner::text() const
{
    return m_text->text();
}

void ErrorBanner::dismiss()
{
    hide();
}

QString errorText(const CallError &error)
{
    QStringList lines;
    for (const FieldError &field : error.fields) {
        lines.append(QCoreApplication::translate("ErrorBanner", "%1: %2")
                         .arg(field.path.join(u'.'), field.message));
    }
    // The general sentence says less than the fields that are named.
    if (lines.isEmpty())
        lines.append(error.message);
    if (error.retryAfter) {
        lines.append(QCoreApplication::translate("ErrorBanner", "Try again in %n second(s).",
                                                 nullptr, int(std::ceil(*error.retryAfter))));
    }
    return lines.join(u' ');
}

} // namespace guildhall::console
