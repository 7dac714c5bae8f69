// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/notice_banner.h"

#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

#include <chrono>
#include <utility>

namespace guildhall::console {

NoticeBanner::NoticeBanner(QWidget *parent)
    : QFrame(parent)
    , m_text(plainLabel({}, this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("noticeBanner"));
    m_text->setWordWrap(true);
    m_timer.setSingleShot(true);
    m_timer.setInterval(std::chrono::seconds(10));
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_action, &QPushButton::clicked, this, [this] {
        hide();
        if (const auto then = std::exchange(m_then, {}))
            then();
    });
    m_action->hide();
    m_close->setProperty("flat", true);
    m_close->setIcon(themedIcon(QStringLiteral("close"), QStringLiteral("onSelection")));
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setToolTip(tr("Dismiss"));
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    hide();
}

void NoticeBanner::showText(const QString &text)
{
    m_inProgress = false;
    m_timer.stop();
    m_then = {};
    m_text->setText(text);
    m_action->hide();
    m_close->show();
    announce();
}

void NoticeBanner::announce()
{
    setAccessibleName(m_text->text());
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void NoticeBanner::showProgress(const QString &text, const QString &action,
                                std::function<void()> then)
{
    const bool goesOn = m_inProgress && isVisible();
    m_inProgress = true;
    m_timer.stop();
    m_then = std::move(then);
    m_text->setText(text);
    m_action->setText(action);
    m_action->show();
    m_close->hide(); // what goes on is ended by its button, not by looking away
    if (!goesOn)
        announce();
}

void NoticeBanner::offer(const QString &text, const QString &action, std::function<void()> then)
{
    showText(text);
    m_then = std::move(then);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_timer.start();
}

QString NoticeBanner::text() const
{
    return m_text->text();
}

} // namespace guildhall::console
