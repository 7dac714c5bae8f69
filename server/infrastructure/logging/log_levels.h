// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <tl/expected.hpp>

#include <optional>
#include <vector>

namespace guildhall {

/// The least that is written.
enum class LogLevel { Debug, Info, Warning, Error };

/// Another level for one category, named without "guildhall.".
struct LogRule {
    QString category;
    LogLevel level;

    friend bool operator==(const LogRule &, const LogRule &) = default;
};

/// debug, info, warning, error.
std::optional<LogLevel> parseLogLevel(QStringView text);

/// `db=debug,rest=warning`; blanks do not matter.
/// @return the rules, or a sentence that says what is wrong
tl::expected<std::vector<LogRule>, QString> parseLogRules(QStringView text);

/// Makes the levels hold at once, in every thread; rules win over `level`. Qt's own categories and
/// QT_LOGGING_RULES, which wins over all, are left alone. @thread any
void applyLogLevels(LogLevel level, const std::vector<LogRule> &rules);

} // namespace guildhall
