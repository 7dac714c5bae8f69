// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/error_banner.h"

#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/icon_label.h"
#include "admin-gui/widgets/labels.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace guildhall::console {

namespace {
constexpr int mostLines = 5; // of a list of failures; the others are scrolled to
} // namespace

ErrorBanner::ErrorBanner(QWidget *parent)
    : QFrame(parent)
    , m_text(plainLabel({}, this))
    , m_detail(mutedLabel({}, this))
    , m_lines(new QPlainTextEdit(this))
    , m_retry(new QPushButton(tr("Retry"), this))
{
    setObjectName(QStringLiteral("errorBanner"));
    m_text->setWordWrap(true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setUpLines();
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
    words->addWidget(m_lines);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(sign);
    row->addLayout(words, 1);
    row->addWidget(m_retry);
    row->addWidget(close);
    hide();
}

void ErrorBanner::setUpLines()
{
    m_lines->setReadOnly(true);
    m_lines->setFrameShape(QFrame::NoFrame);
    m_lines->setTabChangesFocus(true);
    m_lines->setAccessibleName(tr("What failed"));
    m_lines->document()->setDocumentMargin(0);
    m_lines->hide();
}

void ErrorBanner::showError(const QString &doing, const CallError &error, bool canRetry)
{
    showText(doing.isEmpty() ? errorText(error) : tr("%1: %2").arg(doing, errorText(error)),
             canRetry);
    m_detail->setText(tr("Request %1").arg(error.requestId));
    m_detail->setVisible(!error.requestId.isEmpty());
}

void ErrorBanner::showErrors(const QString &what, const std::vector<NamedError> &errors,
                             bool canRetry)
{
    if (errors.size() == 1)
        return showError(tr("%1: %2").arg(what, errors.front().what), errors.front().error,
                         canRetry);
    QStringList lines;
    for (const NamedError &failed : errors) {
        const QString line = tr("%1: %2").arg(failed.what, errorText(failed.error));
        lines.append(failed.error.requestId.isEmpty()
                         ? line
                         : tr("%1 (request %2)").arg(line, failed.error.requestId));
    }
    showText(tr("%1:").arg(what), canRetry);
    setLines(lines);
}

void ErrorBanner::setLines(const QStringList &lines)
{
    m_lines->setPlainText(lines.join(u'\n'));
    const int rows = std::min(int(lines.size()), mostLines);
    m_lines->setFixedHeight(rows * m_lines->fontMetrics().lineSpacing() + 4);
    m_lines->setVisible(!lines.isEmpty());
    setAccessibleName(text());
}

void ErrorBanner::showText(const QString &text, bool canRetry)
{
    m_text->setText(text);
    m_detail->hide();
    m_lines->hide();
    m_lines->clear();
    m_retry->setVisible(canRetry);
    setAccessibleName(text);
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString ErrorBanner::text() const
{
    const QString lines = m_lines->toPlainText();
    return lines.isEmpty() ? m_text->text() : m_text->text() + u'\n' + lines;
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
