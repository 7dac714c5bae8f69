// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/reconnect_banner.h"

#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/icon_label.h"
#include "admin-gui/widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

#include <algorithm>
#include <chrono>

namespace guildhall::console {

using Phase = LinkStatus::Phase;

ReconnectBanner::ReconnectBanner(QWidget *parent)
    : QFrame(parent)
    , m_text(plainLabel({}, this))
    , m_retry(new QPushButton(tr("Retry now"), this))
    , m_signIn(new QPushButton(tr("Sign in again"), this))
{
    setObjectName(QStringLiteral("reconnectBanner"));
    m_text->setWordWrap(true);
    auto *sign = new IconLabel(20, this);
    sign->setIcon(themedIcon(QStringLiteral("connection"), QStringLiteral("idle")));
    connect(m_retry, &QPushButton::clicked, this, &ReconnectBanner::retryRequested);
    connect(m_signIn, &QPushButton::clicked, this, &ReconnectBanner::signInRequested);
    m_tick.setInterval(std::chrono::milliseconds(250));
    connect(&m_tick, &QTimer::timeout, this, &ReconnectBanner::refresh);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(10);
    row->addWidget(sign);
    row->addWidget(m_text, 1);
    row->addWidget(m_retry);
    row->addWidget(m_signIn);
    hide();
}

void ReconnectBanner::setStatus(const LinkStatus &status)
{
    if (m_status.isLive() && !status.isLive())
        m_liveUntil = QDateTime::currentDateTime();
    if (status.isLive() || status.phase == Phase::Off)
        m_liveUntil = {};
    m_status = status;
    m_retryAt = QDateTime::currentDateTime().addMSecs(status.retryIn.count());
    if (status.phase == Phase::Waiting)
        m_tick.start();
    else
        m_tick.stop();
    refresh();
    // A first connection that comes about needs no banner; one that broke does until it is back.
    const bool broken = status.phase == Phase::Waiting || status.phase == Phase::Refused
        || (status.phase == Phase::Connecting && (m_liveUntil.isValid() || isVisibleTo(window())));
    const bool appears = broken && isHidden();
    setVisible(broken);
    if (appears)
        announce();
}

void ReconnectBanner::announce()
{
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ReconnectBanner::refresh()
{
    m_text->setText(sentence());
    setAccessibleName(m_text->text());
    m_retry->setVisible(m_status.phase == Phase::Waiting);
    m_signIn->setVisible(m_status.phase == Phase::Refused && m_status.signInAgain);
}

QString ReconnectBanner::sentence() const
{
    QString what;
    if (m_status.phase == Phase::Refused) {
        what = m_status.signInAgain
            ? tr("The server no longer accepts this sign-in.")
            : tr("The server refuses the live connection: %1").arg(m_status.reason);
    } else if (m_status.phase == Phase::Waiting) {
        const qint64 ms = std::max<qint64>(0, QDateTime::currentDateTime().msecsTo(m_retryAt));
        what = tr("Connection lost. Reconnecting in %1 s.").arg((ms + 999) / 1000);
    } else {
        what = tr("Reconnecting…");
    }
    if (!m_liveUntil.isValid())
        return what;
    return tr("%1 Showing data of %2.")
        .arg(what, QLocale().toString(m_liveUntil.time(), QStringLiteral("HH:mm:ss")));
}

QString ReconnectBanner::text() const
{
    return m_text->text();
}

} // namespace guildhall::console
