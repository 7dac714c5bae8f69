// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/roles/roles_page.h"

#include "admin-gui/models/visible_text.h"
#include "admin-gui/pages/roles/role_form.h"
#include "admin-gui/pages/roles/role_list.h"
#include "admin-gui/widgets/console_table.h"
#include "admin-gui/widgets/draft_bar.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/filter_box.h"
#include "admin-gui/widgets/notice_banner.h"
#include "admin-gui/widgets/permission_grid.h"
#include "admin-gui/widgets/state_panel.h"

#include <QCheckBox>
#include <QSplitter>
#include <QVBoxLayout>

namespace guildhall::console {

RolesPage::RolesPage(Session &session, QWidget *parent)
    : Page(tr("Roles"), QStringLiteral("roles"), parent)
    , m_session(session)
    , m_roles(m_draft, session.directory())
    , m_permissions(m_draft)
    , m_list(new RoleList(m_roles, m_draft))
    , m_form(new RoleForm(m_draft))
    , m_filter(new FilterBox(tr("Filter permissions")))
    , m_grid(new PermissionGrid(m_permissions, m_draft))
    , m_dangerous(new QCheckBox(tr("Dangerous &only")))
    , m_differing(new QCheckBox(tr("Only what di&ffers")))
    , m_bar(new DraftBar)
{
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(16);
    m_list->setMinimumWidth(210);
    split->addWidget(m_list);
    split->addWidget(buildRight());
    split->setStretchFactor(1, 1);
    split->setSizes({270, 800});
    split->setObjectName(QStringLiteral("roleSplit"));
    m_filter->setObjectName(QStringLiteral("permissionFilter"));
    keepLayoutOf({m_list->table(), split, m_filter, m_dangerous, m_differing});
    m_state = new StatePanel(split);
    body()->addWidget(m_state, 1);
    body()->addWidget(m_bar);
    connectParts();
    updateState();
}

QWidget *RolesPage::buildRight()
{
    m_dangerous->setObjectName(QStringLiteral("dangerousOnly"));
    m_dangerous->setToolTip(tr("Only permissions that can do harm which is hard to undo"));
    connect(m_dangerous, &QCheckBox::toggled, m_grid, &PermissionGrid::setDangerousOnly);
    m_differing->setObjectName(QStringLiteral("differingOnly"));
    m_differing->setToolTip(tr("Only permissions that some roles have and others do not"));
    connect(m_differing, &QCheckBox::toggled, m_grid, &PermissionGrid::setDifferingOnly);
    connect(m_filter, &FilterBox::filterChanged, m_grid, &PermissionGrid::setFilterText);
    auto *filters = new QHBoxLayout;
    filters->setSpacing(16);
    filters->addWidget(m_filter, 1);
    filters->addWidget(m_dangerous);
    filters->addWidget(m_differing);
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins({});
    column->setSpacing(12);
    column->addWidget(m_form);
    column->addLayout(filters);
    column->addWidget(m_grid, 1);
    return right;
}

void RolesPage::connectParts()
{
    connect(m_list, &RoleList::currentChanged, this, &RolesPage::select);
    connect(m_grid, &PermissionGrid::currentRoleChanged, this, &RolesPage::select);
    connect(m_list, &RoleList::createRequested, this, &RolesPage::create);
    connect(m_list, &RoleList::deleteRequested, this, &RolesPage::askToDelete);
    connect(m_bar, &DraftBar::reviewRequested, this, &RolesPage::review);
    connect(m_bar, &DraftBar::applyRequested, this, &RolesPage::apply);
    connect(m_bar, &DraftBar::discardRequested, &m_draft, &RoleDraft::discard);
    connect(&m_draft, &RoleDraft::edited, this, &RolesPage::updateBar);
    connect(&m_draft, &RoleDraft::restructured, this, &RolesPage::updateBar);
    connect(&m_draft, &RoleDraft::editsLost, this, &RolesPage::onEditsLost);
    connect(m_state, &StatePanel::retryRequested, this, &RolesPage::refresh);
    connect(&m_session.directory(), &Directory::changed, this, &RolesPage::onChanged);
}

void RolesPage::setGuild(GuildId guild)
{
    if (guild == m_guild)
        return;
    m_guild = guild;
    closeQuestions();
    if (m_applying)
        m_applying->cancel();
    errors().dismiss();
    notices().hide();
    takeBase();
    if (!m_draft.order().empty())
        select(m_draft.order().front());
}

void RolesPage::onChanged(const ChangeBatch &batch)
{
    if (batch.roles.contains(m_guild))
        takeBase();
    else if (batch.guilds.contains(m_guild))
        updateRights();
}

void RolesPage::takeBase()
{
    const GuildView *guild = m_session.directory().guild(m_guild);
    m_draft.setBase(m_guild, guild ? guild->roles : std::map<RoleId, Role>());
    updateRights();
    updateState();
    if (m_wanted && m_draft.contains(m_wanted)) {
        select(std::exchange(m_wanted, {}));
        m_list->editName();
    } else if (!m_list->current() && !m_draft.order().empty()) {
        select(m_draft.order().front());
    }
}

void RolesPage::updateRights()
{
    const GuildView *guild = m_session.directory().guild(m_guild);
    const Rights rights = guild ? Rights::of(*guild, m_session.directory().self()) : Rights();
    m_roles.setRights(rights);
    m_permissions.setRights(rights);
    m_form->setRights(rights);
    m_list->setRights(rights, m_writable, m_whyNotWritable);
}

void RolesPage::onEditsLost(const std::vector<Role> &roles)
{
    QStringList names;
    for (const Role &role : roles) {
        if (!m_deleting.contains(role.id))
            names.append(tr("“%1”").arg(inSentence(role.name)));
    }
    // With the whole guild gone there is nothing left to be surprised at here.
    if (names.isEmpty() || m_session.directory().guild(m_guild) == nullptr)
        return;
    errors().showText(tr("Deleted by somebody else: %1. What you had changed there is lost.")
                          .arg(names.join(tr(", ", "between names"))));
}

void RolesPage::updateBar()
{
    m_bar->setChanges(m_draft.changeCount());
    m_bar->setApplyEnabled(m_writable && m_applying.isNull(),
                           m_applying ? tr("The changes are being sent.") : m_whyNotWritable);
}

void RolesPage::updateState()
{
    const GuildView *guild = m_session.directory().guild(m_guild);
    if (guild == nullptr) {
        setSubtitle({});
        return m_state->showEmpty(tr("No guild chosen"),
                                  tr("Choose a guild to see its roles and what they may do."));
    }
    setSubtitle(tr("%1 · %n role(s)", nullptr, int(guild->roles.size()))
                    .arg(inSentence(guild->guild.name)));
    if (guild->roles.empty() && m_state->message().isEmpty())
        m_state->showLoading();
    else if (!guild->roles.empty())
        m_state->showContent();
}

void RolesPage::select(RoleId role)
{
    if (!m_draft.contains(role))
        return;
    m_list->setCurrent(role);
    m_grid->showRole(role);
    m_form->setRole(role);
}

void RolesPage::setWritable(bool writable, const QString &why)
{
    m_writable = writable;
    m_whyNotWritable = why;
    updateRights();
    updateBar();
}

void RolesPage::focusContent()
{
    m_state->takeFocus(m_list->table());
}

void RolesPage::focusFilter()
{
    m_filter->take();
}

} // namespace guildhall::console
