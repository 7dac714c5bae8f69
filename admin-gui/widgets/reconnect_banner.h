// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/link_status.h"

#include <QDateTime>
#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace guildhall::console {

/// Says that what is shown is no longer live, since when, and when the next try comes. Hidden while
/// the connection stands, and during the moments in which it usually comes about.
class ReconnectBanner : public QFrame {
    Q_OBJECT

public:
    explicit ReconnectBanner(QWidget *parent = nullptr);

    void setStatus(const LinkStatus &status);
    QString text() const;

Q_SIGNALS:
    void retryRequested();
    void signInRequested();

private:
    void refresh();
    QString sentence() const;
    void announce();

    LinkStatus m_status;
    QDateTime m_liveUntil;
    QDateTime m_retryAt;
    QTimer m_tick;
    QLabel *m_text;
    QPushButton *m_retry;
    QPushButton *m_signIn;
};

} // namespace guildhall::console
