// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/logging/log_record.h"

namespace guildhall {

enum class LogFormat {
    Text, ///< for people: time, level, category, message, fields
    Json, ///< for machines: one object
};

/// The record as one line with its line end. Whatever message and fields hold, it stays one line
/// and moves no cursor: control and bidirectional characters are escaped, invalid UTF-8 is
/// replaced, tokens are masked, and what is longer than 16 KiB is cut.
QByteArray formatLine(const LogRecord &record, LogFormat format);

/// `name=value name="other value"`, as in a Text line.
QByteArray formatFields(std::span<const LogField> fields);

} // namespace guildhall
