// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/guild_view.h"

#include <QFrame>

#include <vector>

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
    /// Hidden while nobody is chosen. Of several there is nothing to say but how many they are and
    /// what can be done to them.
    void show(const GuildView *guild, const std::vector<Member> &chosen, UserId self);

private:
    QWidget *makeFacts();
    void showOne(const GuildView &guild, const Member &member, UserId self);

    QLabel *m_name;
    QLabel *m_username;
    QLabel *m_status;
    QLabel *m_activity;
    QLabel *m_roles;
    TimeLabel *m_joined;
    TimeLabel *m_created;
    IdLabel *m_id;
    QPushButton *m_kick;
    QWidget *m_facts; ///< of a single member
};

} // namespace guildhall::console
