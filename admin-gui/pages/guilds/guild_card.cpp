// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/guilds/guild_card.h"

#include "admin-gui/models/visible_text.h"
#include "admin-gui/widgets/id_label.h"
#include "admin-gui/widgets/labels.h"
#include "admin-gui/widgets/time_label.h"
#include "shared/core/snowflake.h"

#include <QFormLayout>
#include <QLocale>
#include <QPushButton>

namespace guildhall::console {

namespace {

QString ownerText(const GuildView &view, UserId self)
{
    if (view.statedOwner || view.guild.ownerId == self)
        return GuildCard::tr("You");
    const auto owner = view.members.find(view.guild.ownerId);
    return owner == view.members.end() ? view.guild.ownerId.toString() : displayName(owner->second);
}

} // namespace

GuildCard::GuildCard(QWidget *parent)
    : QFrame(parent)
    , m_name(headingLabel({}, 2, this))
    , m_description(mutedLabel({}, this))
    , m_owner(plainLabel({}, this))
    , m_members(plainLabel({}, this))
    , m_channels(plainLabel({}, this))
    , m_id(new IdLabel(this))
    , m_created(new TimeLabel(this))
    , m_openMembers(new QPushButton(tr("Open members"), this))
    , m_openRoles(new QPushButton(tr("Open roles"), this))
{
    setProperty("card", true);
    setAccessibleName(tr("The chosen guild"));
    setMinimumWidth(300);
    m_name->setWordWrap(true);
    m_description->setWordWrap(true);
    auto *form = new QFormLayout;
    form->setVerticalSpacing(8);
    form->setHorizontalSpacing(16);
    form->addRow(mutedLabel(tr("Owner")), m_owner);
    form->addRow(mutedLabel(tr("Members")), m_members);
    form->addRow(mutedLabel(tr("Channels")), m_channels);
    form->addRow(mutedLabel(tr("Created")), m_created);
    form->addRow(mutedLabel(tr("Id")), m_id);
    connect(m_openMembers, &QPushButton::clicked, this, &GuildCard::membersRequested);
    connect(m_openRoles, &QPushButton::clicked, this, &GuildCard::rolesRequested);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(m_name);
    column->addWidget(m_description);
    column->addLayout(form);
    column->addStretch();
    column->addWidget(m_openMembers);
    column->addWidget(m_openRoles);
}

void GuildCard::show(const GuildView *guild, UserId self)
{
    setVisible(guild != nullptr);
    if (guild == nullptr)
        return;
    const QLocale locale;
    m_name->setText(displayName(guild->guild));
    m_description->setText(visibleText(guild->guild.description.value_or(QString())));
    m_description->setVisible(!m_description->text().isEmpty());
    m_owner->setText(ownerText(*guild, self));
    m_members->setText(
        tr("%1, %2 online")
            .arg(locale.toString(guild->memberCount), locale.toString(guild->hereCount(self))));
    m_channels->setText(locale.toString(int(guild->channels.size())));
    m_created->setTime(createdAt(guild->guild.id));
    m_id->setId(guild->guild.id.toString());
}

} // namespace guildhall::console
