// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/logging/log_record.h"

#include <initializer_list>

namespace guildhall {

/// A log line with fields that machines can search by:
/// `logEvent(lcRest(), QtInfoMsg, "answered", {{"verb", verb}, {"status", 200}, {"took_ms",
/// took}});` The request id is added. Never content, passwords or mail addresses. @thread any
void logEvent(const QLoggingCategory &category, QtMsgType type, const char *message,
              std::initializer_list<LogField> fields);

} // namespace guildhall
