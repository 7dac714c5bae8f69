// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/log_event.h"

#include "server/infrastructure/logging/log_format.h"
#include "server/infrastructure/logging/log_sink.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/infrastructure/runtime/worker_context.h"

#include <QMessageLogger>

namespace guildhall {

namespace {

/// Without a sink, as in a test, the line goes where Qt's own go.
void logThroughQt(const QLoggingCategory &category, QtMsgType type, const QByteArray &line)
{
    const QMessageLogger logger(nullptr, 0, nullptr, category.categoryName());
    switch (type) {
    case QtDebugMsg:
        return logger.debug(category, "%s", line.constData());
    case QtInfoMsg:
        return logger.info(category, "%s", line.constData());
    case QtWarningMsg:
        return logger.warning(category, "%s", line.constData());
    case QtCriticalMsg:
    case QtFatalMsg:
        return logger.critical(category, "%s", line.constData());
    }
}

} // namespace

void logEvent(const QLoggingCategory &category, QtMsgType type, const char *message,
              std::initializer_list<LogField> fields)
{
    if (!category.isEnabled(type))
        return;
    const std::span<const LogField> all(fields.begin(), fields.size());
    if (LogSink *const sink = LogSink::current()) {
        sink->write({Clock::system().now(), type, category.categoryName(), message,
                     WorkerContext::requestId(), all});
        return;
    }
    QByteArray line = message;
    if (!all.empty())
        line += ' ' + formatFields(all);
    logThroughQt(category, type, line);
}

} // namespace guildhall
