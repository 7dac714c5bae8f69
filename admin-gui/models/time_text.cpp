// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/time_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace guildhall::console {

namespace {

struct Translated {
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};

constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr qint64 month = 30 * day;
constexpr qint64 year = 365 * day;

} // namespace

QString relativeTime(Timestamp time)
{
    if (time.ms == 0)
        return {};
    const qint64 seconds = (QDateTime::currentMSecsSinceEpoch() - time.ms) / 1000;
    if (seconds < minute)
        return Translated::tr("just now"); // also for clocks that disagree a little
    if (seconds < hour)
        return Translated::tr("%n minute(s) ago", nullptr, int(seconds / minute));
    if (seconds < day)
        return Translated::tr("%n hour(s) ago", nullptr, int(seconds / hour));
    if (seconds < month)
        return Translated::tr("%n day(s) ago", nullptr, int(seconds / day));
    if (seconds < year)
        return Translated::tr("%n month(s) ago", nullptr, int(seconds / month));
    return Translated::tr("%n year(s) ago", nullptr, int(seconds / year));
}

QString exactTime(Timestamp time)
{
    if (time.ms == 0)
        return {};
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time.ms);
    return QLocale().toString(local, QLocale::LongFormat);
}

} // namespace guildhall::console
