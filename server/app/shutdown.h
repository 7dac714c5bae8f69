// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace guildhall {

/// Turns SIGTERM and SIGINT into a signal in the main thread. One per process, made before other
/// threads start, so that they all leave these two to it.
class ShutdownSignals : public QObject {
    Q_OBJECT
public:
    explicit ShutdownSignals(QObject *parent = nullptr);
    ~ShutdownSignals() override;

Q_SIGNALS:
    void requested();

private:
    void readSignal();

    int m_descriptor;
    QSocketNotifier m_notifier;
};

} // namespace guildhall
