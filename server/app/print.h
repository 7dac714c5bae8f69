// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace guildhall {

/// What a command has to say, as a line of standard output. Logs go elsewhere: see LogSink.
void print(const QString &line);
/// As a line of standard error.
void printError(const QString &line);

} // namespace guildhall
