// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_suggestion.h"

#include "server/app/config_schema.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace guildhall {

namespace {

/// How many characters to insert, drop, replace or swap with their neighbour to make one of the
/// other (optimal string alignment).
int distance(QStringView a, QStringView b)
{
    const auto columns = size_t(b.size()) + 1;
    std::vector<int> beforePrevious(columns);
    std::vector<int> previous(columns);
    std::vector<int> current(columns);
    std::iota(previous.begin(), previous.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        current[0] = int(i) + 1;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const auto column = size_t(j);
            const int replaced = previous[column] + (a.at(i) == b.at(j) ? 0 : 1);
            int least = std::min({replaced, previous[column + 1] + 1, current[column] + 1});
            if (i > 0 && j > 0 && a.at(i) == b.at(j - 1) && a.at(i - 1) == b.at(j))
                least = std::min(least, beforePrevious[column - 1] + 1);
            current[column + 1] = least;
        }
        beforePrevious.swap(previous);
        previous.swap(current);
    }
    return previous.back();
}

} // namespace

QString closestConfigName(QStringView name)
{
    const QString wanted = name.toString().toUpper().replace(u'-', u'_');
    QString closest;
    // A third of the name may be wrong: more, and it is another name.
    int least = std::max(2, int(wanted.size()) / 3) + 1;
    for (const ConfigKey &key : configSchema()) {
        const QString candidate = QString::fromLatin1(key.name);
        // DB_USER for DB_USERNAME: many characters short, yet the likeliest slip of all.
        const bool isCutShort = wanted.size() >= 4 && candidate.startsWith(wanted);
        const int steps = isCutShort ? 1 : distance(wanted, candidate);
        if (steps < least) {
            least = steps;
            closest = candidate;
        }
    }
    return closest;
}

} // namespace guildhall
