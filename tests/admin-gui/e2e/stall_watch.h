// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>

namespace guildhall::console {

/// Measures how long the event loop was away at most: a console must never keep a person waiting.
/// It reports; a busy machine is no failure.
class StallWatch : public QObject {
    Q_OBJECT

public:
    explicit StallWatch(QObject *parent = nullptr)
        : QObject(parent)
    {
        connect(&m_tick, &QTimer::timeout, this,
                [this] { m_longestMs = std::max(m_longestMs, m_since.restart() - intervalMs); });
        m_since.start();
        m_tick.start(intervalMs);
    }
    qint64 longestMs() const { return m_longestMs; }

private:
    static constexpr int intervalMs = 10;
    QTimer m_tick;
    QElapsedTimer m_since;
    qint64 m_longestMs = 0;
};

} // namespace guildhall::console
