// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/log_levels.h"

#include "server/infrastructure/logging/categories.h"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<std::pair<QLatin1StringView, LogLevel>, 4> levels = {{
    {"debug"_L1, LogLevel::Debug},
    {"info"_L1, LogLevel::Info},
    {"warning"_L1, LogLevel::Warning},
    {"error"_L1, LogLevel::Error},
}};

bool isCategory(QStringView name)
{
    return std::any_of(logCategoryNames.begin(), logCategoryNames.end(),
                       [name](const char *known) { return name == QLatin1StringView(known); });
}

QString filterRules(const QString &pattern, LogLevel least)
{
    constexpr std::array<std::pair<QLatin1StringView, LogLevel>, 4> types = {{
        {"debug"_L1, LogLevel::Debug},
        {"info"_L1, LogLevel::Info},
        {"warning"_L1, LogLevel::Warning},
        {"critical"_L1, LogLevel::Error},
    }};
    QString rules;
    for (const auto &[type, level] : types)
        rules += pattern + u'.' + type + (level >= least ? "=true\n"_L1 : "=false\n"_L1);
    return rules;
}

} // namespace

std::optional<LogLevel> parseLogLevel(QStringView text)
{
    for (const auto &[name, level] : levels) {
        if (text == name)
            return level;
    }
    return std::nullopt;
}

tl::expected<std::vector<LogRule>, QString> parseLogRules(QStringView text)
{
    std::vector<LogRule> rules;
    for (const QStringView part : text.split(u',')) {
        const QStringView rule = part.trimmed();
        if (rule.isEmpty())
            continue;
        const qsizetype equals = rule.indexOf(u'=');
        if (equals < 0)
            return tl::unexpected(u"\"%1\" has no level"_s.arg(rule));
        const QStringView category = rule.first(equals).trimmed();
        const auto level = parseLogLevel(rule.sliced(equals + 1).trimmed());
        if (!isCategory(category))
            return tl::unexpected(u"there is no category \"%1\""_s.arg(category));
        if (!level)
            return tl::unexpected(u"\"%1\" has no level"_s.arg(rule));
        rules.push_back({category.toString(), *level});
    }
    return rules;
}

void applyLogLevels(LogLevel level, const std::vector<LogRule> &rules)
{
    QString text = filterRules(u"guildhall.*"_s, level);
    for (const LogRule &rule : rules)
        text += filterRules("guildhall."_L1 + rule.category, rule.level);
    QLoggingCategory::setFilterRules(text);
}

} // namespace guildhall
