// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/link_status.h"

#include <QLabel>

namespace guildhall::console {

/// The live connection in the status bar: in a word, and how quick it is.
class ConnectionLabel : public QLabel {
    Q_OBJECT

public:
    explicit ConnectionLabel(QWidget *parent = nullptr);
    void setStatus(const LinkStatus &status);
    void setLatency(std::chrono::milliseconds latency);

private:
    void refresh();

    LinkStatus m_status;
    std::chrono::milliseconds m_latency{-1};
};

} // namespace guildhall::console
