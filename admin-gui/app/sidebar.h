// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/guild_list_model.h"

#include <QWidget>

#include <vector>

class QButtonGroup;
class QComboBox;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace guildhall::console {

class Page;

/// Which guild, which page, and who is signed in.
class Sidebar : public QWidget {
    Q_OBJECT

public:
    Sidebar(Directory &directory, const std::vector<Page *> &pages, QWidget *parent = nullptr);

    void setAccount(const QString &name, const QString &server);
    /// Which guild is looked at; null for none.
    void setGuild(GuildId guild);
    void setPage(int number);

Q_SIGNALS:
    void guildChosen(guildhall::GuildId guild);
    void pageChosen(int number);
    void signOutRequested();

private:
    void setUpChooser();
    QToolButton *makeButton(const Page &page, int number);

    GuildListModel m_model; ///< patched in place: the list may be open when something changes
    QComboBox *m_guilds;
    QButtonGroup *m_buttons;
    std::vector<QToolButton *> m_guildButtons; ///< of pages that need a guild
    QLabel *m_account;
    QLabel *m_server;
};

} // namespace guildhall::console
