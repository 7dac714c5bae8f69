// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/log_sink.h"

#include "server/infrastructure/runtime/clock.h"
#include "server/infrastructure/runtime/worker_context.h"

#include <unistd.h>

#include <atomic>
#include <utility>

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

QByteArray lossLine(quint64 lines, LogFormat format)
{
    const LogField count{"lines", lines};
    return formatLine({Clock::system().now(),
                       QtWarningMsg,
                       "guildhall.app",
                       "log lines were lost: nobody took them in time",
                       {},
                       {&count, 1}},
                      format);
}

} // namespace

LogSink::LogSink(LogFormat format)
    : m_format(format)
{
    m_writer.emplace(
        STDERR_FILENO, [format](quint64 lines) { return lossLine(lines, format); },
        LineWriter::Limits{});
    install();
}

LogSink::LogSink(LogFormat format, Output output)
    : m_format(format)
    , m_output(std::move(output))
{
    install();
}

void LogSink::install()
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
    QByteArray line = formatLine(record, m_format);
    if (m_writer && record.type == QtFatalMsg)
        return m_writer->putLast(std::move(line));
    if (m_writer)
        return m_writer->put(std::move(line));
    const std::lock_guard lock(m_mutex);
    m_output(line);
}

LogFormat LogSink::fittingFormat()
{
    return isatty(STDERR_FILENO) ? LogFormat::Text : LogFormat::Json;
}

} // namespace guildhall
