// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/session.h"
#include "admin-gui/models/guild_list_model.h"
#include "admin-gui/models/sorted_model.h"
#include "admin-gui/pages/page.h"

namespace guildhall::console {

class AddGuildDialog;
class ConsoleTable;
class FilterBox;
class GuildCard;
class StatePanel;

/// The guilds of the account.
class GuildsPage : public Page {
    Q_OBJECT

public:
    explicit GuildsPage(Session &session, QWidget *parent = nullptr);

    void setGuild(GuildId guild) override;
    bool needsGuild() const override { return false; }
    void refresh() override;
    void focusContent() override;
    void focusFilter() override;
    void setWritable(bool writable, const QString &why) override;

Q_SIGNALS:
    /// The person looks at this guild now.
    void guildChosen(guildhall::GuildId guild);
    /// The account has just made or joined it.
    void guildAdded(guildhall::GuildId guild);
    void membersRequested();
    void rolesRequested();

private:
    void buildTable();
    void buildActions();
    void ask(AddGuildDialog *dialog);
    void onState();
    void updateState();
    void onCurrentChanged();
    void followGuild();
    GuildId currentGuild() const;

    Session &m_session;
    GuildId m_guild; ///< that is looked at, even when a filter hides its row
    bool m_rowsGo = false; ///< the current row may be moved by Qt, which is nobody's choice
    GuildListModel m_model;
    SortedModel m_sorted;
    FilterBox *m_filter;
    ConsoleTable *m_table;
    GuildCard *m_card;
    StatePanel *m_state = nullptr;
    QAction *m_make = nullptr;
    QAction *m_join = nullptr;
    bool m_failed = false;
};

} // namespace guildhall::console
