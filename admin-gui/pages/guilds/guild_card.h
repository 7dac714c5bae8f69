// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/guild_view.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace guildhall::console {

class IdLabel;
class TimeLabel;

/// What there is to know about one guild at a glance, and where to go from here.
class GuildCard : public QFrame {
    Q_OBJECT

public:
    explicit GuildCard(QWidget *parent = nullptr);
    /// nullptr when none is chosen.
    void show(const GuildView *guild, UserId self);

Q_SIGNALS:
    void membersRequested();
    void rolesRequested();

private:
    QLabel *m_name;
    QLabel *m_description;
    QLabel *m_owner;
    QLabel *m_members;
    QLabel *m_channels;
    IdLabel *m_id;
    TimeLabel *m_created;
    QPushButton *m_openMembers;
    QPushButton *m_openRoles;
};

} // namespace guildhall::console
