// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/logging/line_writer.h"
#include "server/infrastructure/logging/log_format.h"

#include <QByteArrayView>
#include <qlogging.h>

#include <functional>
#include <mutex>
#include <optional>

namespace guildhall {

/// Where every log line of the process goes while this lives: Qt's messages and logEvent() alike.
/// One at a time; made first in main, destroyed after all threads have ended.
class LogSink {
public:
    /// Takes one whole line with its end; called by one thread at a time.
    using Output = std::function<void(QByteArrayView line)>;

    /// Lines go to standard error, from a thread of their own: nobody who logs waits for its
    /// reader.
    explicit LogSink(LogFormat format);
    /// Lines go where `output` puts them, before the call that logs returns.
    LogSink(LogFormat format, Output output);
    ~LogSink();
    LogSink(const LogSink &) = delete;
    LogSink &operator=(const LogSink &) = delete;

    /// Formats and writes the record; when it is fatal, with all that was logged before. @thread
    /// any
    void write(const LogRecord &record);

    /// The sink that is in place; null when there is none. @thread any
    static LogSink *current();

    /// Text when standard error is a terminal, else Json.
    static LogFormat fittingFormat();

private:
    void install();

    const LogFormat m_format;
    const Output m_output; ///< or m_writer
    std::mutex m_mutex; ///< keeps the lines of two threads apart
    std::optional<LineWriter> m_writer;
    QtMessageHandler m_previousHandler;
};

} // namespace guildhall
