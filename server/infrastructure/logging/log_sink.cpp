// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/log_sink.h"

#include "server/infrastructure/runtime/clock.h"
#include "server/infrastructure/runtime/worker_context.h"

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace guildhall {

namespace {

std::atomic<LogSink *> currentSink{nullptr};

void handleQtMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    LogSink *const sink = LogSink::current();
    if (!sink)
        return;
    const char *const category = context.category ? context.category : "default";
    sink->write(
        {Clock::system().now(), type, category, message.toUtf8(), WorkerContext::requestId(), {}});
}

} // namespace

LogSink::LogSink(LogFormat format, Output output)
    : m_format(format)
    , m_output(std::move(output))
{
    LogSink *const before = currentSink.exchange(this);
    Q_ASSERT(!before);
    m_previousHandler = qInstallMessageHandler(handleQtMessage);
}

LogSink::~LogSink()
{
    qInstallMessageHandler(m_previousHandler);
    currentSink = nullptr;
}

LogSink *LogSink::current()
{
    return currentSink.load(std::memory_order_acquire);
}

void LogSink::write(const LogRecord &record)
{
    const QByteArray line = formatLine(record, m_format);
    const std::lock_guard lock(m_mutex);
    m_output(line);
}

LogFormat LogSink::fittingFormat()
{
    return isatty(STDERR_FILENO) ? LogFormat::Text : LogFormat::Json;
}

void LogSink::toStandardError(QByteArrayView line)
{
    while (!line.isEmpty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), size_t(line.size()));
        if (written > 0) {
            line = line.sliced(written);
        } else if (errno == EAGAIN) {
            // Whoever started us made it non-blocking; the line still has to go out whole.
            pollfd waiting{STDERR_FILENO, POLLOUT, 0};
            ::poll(&waiting, 1, -1);
        } else if (errno != EINTR) {
            return;
        }
    }
}

} // namespace guildhall
