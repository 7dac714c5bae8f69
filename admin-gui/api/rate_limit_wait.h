// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/call_error.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

namespace guildhall::console {

/// Waits as long as a server asks that limits how fast it is called, for runs that send one request
/// after the other: what was refused is sent again afterwards and is no failure.
/// @source api.md 3.2
/// @thread GUI
class RateLimitWait : public QObject {
    Q_OBJECT

public:
    explicit RateLimitWait(QObject *parent = nullptr);

    /// Begins to wait when the refusal asks for it. @return whether it does
    bool begin(const CallError &error);
    void stop();
    bool isWaiting() const { return m_end.isActive(); }
    /// Rounded up; 0 when nothing is waited for.
    int secondsLeft() const;

Q_SIGNALS:
    /// About once a second while it waits.
    void ticked();
    /// The time has come to send again.
    void over();

private:
    QDeadlineTimer m_until;
    QTimer m_end;
    QTimer m_tick;
};

} // namespace guildhall::console
