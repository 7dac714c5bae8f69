// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/connection_label.h"

namespace guildhall::console {

ConnectionLabel::ConnectionLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    refresh();
}

void ConnectionLabel::setStatus(const LinkStatus &status)
{
    m_status = status;
    if (!status.isLive())
        m_latency = std::chrono::milliseconds(-1);
    refresh();
}

void ConnectionLabel::setLatency(std::chrono::milliseconds latency)
{
    m_latency = latency;
    refresh();
}

void ConnectionLabel::refresh()
{
    switch (m_status.phase) {
    case LinkStatus::Phase::Off:
        return setText(tr("Not connected"));
    case LinkStatus::Phase::Connecting:
        return setText(tr("Connecting…"));
    case LinkStatus::Phase::Waiting:
        return setText(tr("Connection lost"));
    case LinkStatus::Phase::Refused:
        return setText(tr("Connection refused"));
    case LinkStatus::Phase::Live:
        break;
    }
    setText(m_latency.count() < 0 ? tr("Live") : tr("Live · %1 ms").arg(qint64(m_latency.count())));
}

} // namespace guildhall::console
