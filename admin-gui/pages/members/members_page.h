// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/session.h"
#include "admin-gui/models/member_filter.h"
#include "admin-gui/models/member_model.h"
#include "admin-gui/models/rights.h"
#include "admin-gui/pages/members/kick_run.h"
#include "admin-gui/pages/page.h"

#include <functional>
#include <map>

class QAction;
class QComboBox;

namespace guildhall::console {

class ConsoleTable;
class FilterBox;
class MemberCard;
class StatePanel;

/// Who is in the guild, and who of them is here right now.
class MembersPage : public Page {
    Q_OBJECT

public:
    explicit MembersPage(Session &session, QWidget *parent = nullptr);

    void setGuild(GuildId guild) override;
    void refresh() override;
    void focusContent() override;
    void focusFilter() override;
    void setWritable(bool writable, const QString &why) override;

private:
    void buildTools();
    void buildTable();
    void connectParts();
    void onChanged(const ChangeBatch &batch);
    void onSelectionChanged();
    void onFilter(const QString &text);
    void search(const QString &text);
    void loadMore(GuildId guild, UserId after);
    void onLoaded(const MemberPart &part);
    void onNotLoaded(const CallError &error);
    void updateState();
    void updateActions();
    std::vector<Member> chosen() const;
    QString whyNotKick(const std::vector<Member> &members) const;
    void askToKick();
    void kick(GuildId guild, const std::vector<Member> &targets, const QString &reason);
    void showKicks();
    void onKicked(const KickResult &result);
    void showKicked(const KickResult &result);
    void showUnseenKicks();
    void dropKicks();

    Session &m_session;
    GuildId m_guild;
    MemberModel m_model;
    MemberFilter m_filtered;
    Rights m_rights;
    bool m_writable = false;
    QString m_whyNotWritable;
    QAction *m_kick;
    QComboBox *m_presence; // Tab goes in this order, left to right
    FilterBox *m_filter;
    ConsoleTable *m_table;
    MemberCard *m_card;
    StatePanel *m_state = nullptr;
    QHash<GuildId, KickRun *> m_kicks; ///< that are going on
    std::map<GuildId, KickResult> m_unseen; ///< ended while another guild was in view
    std::function<void()> m_retry; ///< what the error banner offers to try again
};

} // namespace guildhall::console
