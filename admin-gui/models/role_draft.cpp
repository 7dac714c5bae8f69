// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/role_draft.h"

#include "admin-gui/models/role_draft_command.h"

#include <algorithm>

namespace guildhall::console {

namespace {

/// Highest first; among equal positions the lower id is the higher one. @source api.md 4.3
bool isAbove(const Role &a, const Role &b)
{
    return a.position != b.position ? a.position > b.position : a.id < b.id;
}

/// Steps that name the same role and setting merge.
int mergeIdOf(RoleId role)
{
    return int(role.value() & 0x7fffffff);
}

} // namespace

RoleDraft::RoleDraft(QObject *parent)
    : QObject(parent)
{ }

void RoleDraft::setBase(GuildId guild, const std::map<RoleId, Role> &roles)
{
    if (guild != m_guild) {
        m_state = {};
        m_undo.clear();
    }
    m_guild = guild;
    std::vector<Role> lost;
    for (const auto &[id, role] : m_base) {
        if (!roles.contains(id) && (m_state.edits.contains(id) || isMoved(id)))
            lost.push_back(role);
    }
    m_base = roles;
    settle();
    if (!lost.empty())
        Q_EMIT editsLost(lost);
}

/// Brings the edits in line with the base, after either of them changed.
void RoleDraft::settle()
{
    std::erase_if(m_state.edits, [this](const auto &e) { return !m_base.contains(e.first); });
    for (auto &[id, edit] : m_state.edits)
        edit = edit.reducedFor(m_base.at(id));
    std::erase_if(m_state.edits, [](const auto &entry) { return entry.second.isEmpty(); });
    const std::vector<RoleId> order = draftOrder();
    if (order == baseOrder())
        m_state.order.reset();
    const bool sameOrder = order == m_order;
    m_order = order;
    if (sameOrder)
        Q_EMIT edited();
    else
        Q_EMIT restructured();
}

std::vector<RoleId> RoleDraft::baseOrder() const
{
    std::vector<RoleId> ids;
    for (const auto &[id, role] : m_base) {
        if (id != everyone())
            ids.push_back(id);
    }
    std::sort(ids.begin(), ids.end(),
              [this](RoleId a, RoleId b) { return isAbove(m_base.at(a), m_base.at(b)); });
    if (m_base.contains(everyone()))
        ids.push_back(everyone());
    return ids;
}

/// The wanted order, with roles that are gone left out and new ones where the server put them.
std::vector<RoleId> RoleDraft::draftOrder() const
{
    std::vector<RoleId> base = baseOrder();
    if (!m_state.order)
        return base;
    std::vector<RoleId> out;
    std::copy_if(m_state.order->begin(), m_state.order->end(), std::back_inserter(out),
                 [this](RoleId id) { return m_base.contains(id) && id != everyone(); });
    for (size_t i = 0; i < base.size(); ++i) {
        if (std::find(out.begin(), out.end(), base[i]) != out.end())
            continue;
        const auto above = i == 0 ? out.end() : std::find(out.begin(), out.end(), base[i - 1]);
        const auto place = i == 0 ? out.begin() : above == out.end() ? out.end() : above + 1;
        out.insert(base[i] == everyone() ? out.end() : place, base[i]);
    }
    return out;
}

Role RoleDraft::role(RoleId role) const
{
    return edit(role).appliedTo(base(role));
}

const Role &RoleDraft::base(RoleId role) const
{
    return m_base.at(role);
}

const RoleEdit &RoleDraft::edit(RoleId role) const
{
    static const RoleEdit none;
    const auto found = m_state.edits.find(role);
    return found == m_state.edits.end() ? none : found->second;
}

bool RoleDraft::isMoved(RoleId role) const
{
    const auto positions = wantedPositions();
    return std::any_of(positions.begin(), positions.end(),
                       [role](const RolePosition &p) { return p.id == role; });
}

void RoleDraft::changeEdit(RoleId role, const QString &text, const RoleEdit &edit, int mergeId)
{
    if (!contains(role))
        return;
    RoleEdits to = m_state;
    to.edits[role] = edit.reducedFor(base(role));
    if (to.edits[role].isEmpty())
        to.edits.erase(role);
    change(text, to, mergeId);
}

void RoleDraft::change(const QString &text, const RoleEdits &to, int mergeId)
{
    if (!(to == m_state))
        m_undo.push(new RoleDraftCommand(*this, text, m_state, to, mergeId));
}

void RoleDraft::restore(const RoleEdits &state)
{
    m_state = state;
    settle();
}

void RoleDraft::setName(RoleId role, const QString &name)
{
    RoleEdit next = edit(role);
    next.name = name;
    changeEdit(role, tr("rename role"), next, mergeIdOf(role));
}

void RoleDraft::setColor(RoleId role, int color)
{
    RoleEdit next = edit(role);
    next.color = color;
    changeEdit(role, tr("change colour"), next);
}

void RoleDraft::setHoist(RoleId role, bool hoist)
{
    RoleEdit next = edit(role);
    next.hoist = hoist;
    changeEdit(role, tr("change how members are listed"), next);
}

void RoleDraft::setMentionable(RoleId role, bool mentionable)
{
    RoleEdit next = edit(role);
    next.mentionable = mentionable;
    changeEdit(role, tr("change who may mention the role"), next);
}

void RoleDraft::setPermissions(RoleId role, Permissions which, bool on)
{
    RoleEdit next = edit(role);
    next.given = on ? next.given | which : next.given.without(which);
    next.taken = on ? next.taken.without(which) : next.taken | which;
    changeEdit(role, on ? tr("give permission") : tr("take permission"), next);
}

void RoleDraft::move(RoleId role, int row)
{
    if (role == everyone() || !contains(role))
        return;
    std::vector<RoleId> order = m_order;
    std::erase(order, role);
    const int lowest = int(order.size()) - (m_base.contains(everyone()) ? 1 : 0);
    order.insert(order.begin() + std::clamp(row, 0, lowest), role);
    RoleEdits to = m_state;
    to.order = order;
    if (order == baseOrder())
        to.order.reset();
    change(tr("move role"), to, -1);
}

void RoleDraft::discard()
{
    change(tr("discard changes"), {}, -1);
}

} // namespace guildhall::console
