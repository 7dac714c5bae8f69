// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace guildhall {

/// Turns SIGTERM and SIGINT into a signal in the main thread, and a SIGHUP of the terminal that it
/// was started in. Any other SIGHUP asks for the settings to be read again, which are read at the
/// start only: it has no effect. One per process, made before other threads start, so that they all
/// leave these signals to it.
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
    const bool m_hasTerminal;
    QSocketNotifier m_notifier;
};

} // namespace guildhall
