// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/time_label.h"

#include "admin-gui/models/time_text.h"

#include <chrono>

namespace guildhall::console {

TimeLabel::TimeLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    m_refresh.setInterval(std::chrono::seconds(30));
    connect(&m_refresh, &QTimer::timeout, this, &TimeLabel::refresh);
}

void TimeLabel::setTime(Timestamp time)
{
    m_time = time;
    refresh();
    if (time.ms == 0)
        m_refresh.stop();
    else
        m_refresh.start();
}

void TimeLabel::refresh()
{
    setText(relativeTime(m_time));
    setToolTip(exactTime(m_time));
    setAccessibleName(exactTime(m_time));
}

} // namespace guildhall::console
