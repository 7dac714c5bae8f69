// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/timestamp.h"

#include <QLabel>
#include <QTimer>

namespace guildhall::console {

/// How long ago something was; the exact time stands in the tooltip. Keeps itself up to date.
class TimeLabel : public QLabel {
    Q_OBJECT

public:
    explicit TimeLabel(QWidget *parent = nullptr);
    void setTime(Timestamp time);

private:
    void refresh();

    Timestamp m_time;
    QTimer m_refresh;
};

} // namespace guildhall::console
