// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/logging/log_format.h"

#include <QByteArrayView>
#include <qlogging.h>

#include <functional>
#include <mutex>

namespace guildhall {

/// Where every log line of the process goes while this lives: Qt's messages and logEvent() alike.
/// One at a time; made first in main, destroyed after all threads have ended.
class LogSink {
public:
    /// Takes one whole line with its end; called by one thread at a time.
    using Output = std::function<void(QByteArrayView line)>;

    explicit LogSink(LogFormat format, Output output = toStandardError);
    ~LogSink();
    LogSink(const LogSink &) = delete;
    LogSink &operator=(const LogSink &) = delete;

    /// Formats and writes the record. @thread any
    void write(const LogRecord &record);

    /// The sink that is in place; null when there is none. @thread any
    static LogSink *current();

    /// Text when standard error is a terminal, else Json.
    static LogFormat fittingFormat();
    /// Writes all of the line to descriptor 2, whatever interrupts; a closed one loses it.
    static void toStandardError(QByteArrayView line);

private:
    const LogFormat m_format;
    const Output m_output;
    std::mutex m_mutex; ///< keeps the lines of two threads apart
    QtMessageHandler m_previousHandler;
};

} // namespace guildhall
