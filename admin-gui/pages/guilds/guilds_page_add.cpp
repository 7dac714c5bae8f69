// SPDX-License-Identifier: GPL-3.0-or-later
// How an account comes to a guild: by making or by joining one.
#include "admin-gui/pages/guilds/guilds_page.h"
#include "admin-gui/pages/guilds/join_guild_dialog.h"
#include "admin-gui/pages/guilds/make_guild_dialog.h"
#include "admin-gui/widgets/filter_box.h"
#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/state_panel.h"

#include <QAction>

namespace guildhall::console {

void GuildsPage::buildActions()
{
    m_make = new QAction(themedIcon(QStringLiteral("plus")), tr("Make a guild…"), this);
    m_make->setObjectName(QStringLiteral("makeGuild"));
    m_make->setShortcut(QKeySequence::New);
    m_join = new QAction(themedIcon(QStringLiteral("key")), tr("Join with an invite…"), this);
    m_join->setObjectName(QStringLiteral("joinGuild"));
    m_join->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_J));
    connect(m_make, &QAction::triggered, this,
            [this] { ask(new MakeGuildDialog(m_session.api(), this)); });
    connect(m_join, &QAction::triggered, this,
            [this] { ask(new JoinGuildDialog(m_session.api(), this)); });
    m_state->setEmptyActions({m_make, m_join});
    offerInFileMenu({m_make, m_join});
    setWritable(false, tr("Not possible before the sign-in."));
}

void GuildsPage::ask(AddGuildDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddGuildDialog::added, this, [this](GuildId guild) {
        m_filter->clear(); // it might hide the new one
        m_sorted.setFilterFixedString({});
        Q_EMIT guildAdded(guild);
    });
    dialog->open();
}

void GuildsPage::setWritable(bool writable, const QString &why)
{
    for (QAction *action : {m_make, m_join}) {
        action->setEnabled(writable);
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip(writable ? keys : why);
    }
}

void GuildsPage::onState()
{
    m_failed = false;
    if (m_session.state() == Session::State::SignedIn)
        return;
    if (auto *question = findChild<AddGuildDialog *>())
        question->reject(); // it would be answered for whoever signs in next
}

} // namespace guildhall::console
