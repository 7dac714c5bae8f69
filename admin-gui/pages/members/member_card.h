// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/guild_view.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QAction;

namespace guildhall::console {

class IdLabel;
class TimeLabel;

/// Who the chosen member is.
class MemberCard : public QFrame {
    Q_OBJECT

public:
    /// @param kick is offered here as well as in the table's menu
    explicit MemberCard(QAction *kick, QWidget *parent = nullptr);
    /// `member` is nullptr when none, or more than one, is chosen.
    void show(const GuildView *guild, const Member *member);

private:
    QLabel *m_name;
    QLabel *m_username;
    QLabel *m_status;
    QLabel *m_activity;
    QLabel *m_roles;
    TimeLabel *m_joined;
    TimeLabel *m_created;
    IdLabel *m_id;
    QPushButton *m_kick;
};

} // namespace guildhall::console
