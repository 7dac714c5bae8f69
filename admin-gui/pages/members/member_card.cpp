// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/members/member_card.h"

#include "admin-gui/models/member_text.h"
#include "admin-gui/models/visible_text.h"
#include "admin-gui/widgets/action_button.h"
#include "admin-gui/widgets/id_label.h"
#include "admin-gui/widgets/labels.h"
#include "admin-gui/widgets/time_label.h"
#include "shared/core/snowflake.h"

#include <QFormLayout>
#include <QPushButton>

namespace guildhall::console {

MemberCard::MemberCard(QAction *kick, QWidget *parent)
    : QFrame(parent)
    , m_name(headingLabel({}, 2, this))
    , m_username(mutedLabel({}, this))
    , m_status(plainLabel({}, this))
    , m_activity(plainLabel({}, this))
    , m_roles(plainLabel({}, this))
    , m_joined(new TimeLabel(this))
    , m_created(new TimeLabel(this))
    , m_id(new IdLabel(this))
    , m_kick(actionButton(kick, this))
    , m_facts(makeFacts())
{
    setProperty("card", true);
    setAccessibleName(tr("The chosen member"));
    setMinimumWidth(316);
    for (QLabel *label : {m_name, m_roles, m_activity})
        label->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(6);
    column->addWidget(m_name);
    column->addWidget(m_username);
    column->addSpacing(8);
    column->addWidget(m_facts);
    column->addStretch();
    column->addWidget(m_kick);
}

QWidget *MemberCard::makeFacts()
{
    auto *facts = new QWidget(this);
    auto *form = new QFormLayout(facts);
    form->setContentsMargins({});
    form->setVerticalSpacing(8);
    form->setHorizontalSpacing(16);
    form->addRow(mutedLabel(tr("Status")), m_status);
    form->addRow(mutedLabel(tr("Doing")), m_activity);
    form->addRow(mutedLabel(tr("Roles")), m_roles);
    form->addRow(mutedLabel(tr("Joined")), m_joined);
    form->addRow(mutedLabel(tr("Account made")), m_created);
    form->addRow(mutedLabel(tr("Id")), m_id);
    return facts;
}

void MemberCard::show(const GuildView *guild, const std::vector<Member> &chosen, UserId self)
{
    setVisible(guild != nullptr && !chosen.empty());
    if (isHidden())
        return;
    const bool one = chosen.size() == 1;
    m_facts->setVisible(one);
    m_username->setVisible(one);
    if (one)
        return showOne(*guild, chosen.front(), self);
    m_name->setText(tr("%n member(s) chosen", nullptr, int(chosen.size())));
}

void MemberCard::showOne(const GuildView &guild, const Member &member, UserId self)
{
    const QString none = tr("–", "there is nothing to say");
    const Presence presence = guild.presences.value(member.user.id);
    const QString clients = clientText(presence);
    const QString status = statusText(shownStatus(guild, member.user.id, self));
    const QString activity = activityText(presence);
    const QString roles = rolesText(guild, member);
    m_name->setText(displayName(member));
    m_username->setText(member.user.isBot() ? tr("%1 (bot)").arg(inSentence(member.user.username))
                                            : userName(member.user));
    m_status->setText(clients.isEmpty() ? status : tr("%1 on %2").arg(status, clients));
    m_activity->setText(activity.isEmpty() ? none : activity);
    m_roles->setText(roles.isEmpty() ? none : roles);
    m_joined->setTime(member.joinedAt);
    m_created->setTime(createdAt(member.user.id));
    m_id->setId(member.user.id.toString());
}

} // namespace guildhall::console
