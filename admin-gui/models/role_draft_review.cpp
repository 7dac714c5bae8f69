// SPDX-License-Identifier: GPL-3.0-or-later
// The part of RoleDraft that says what changed and what is to be sent.
#include "admin-gui/models/permission_catalog.h"
#include "admin-gui/models/role_draft.h"
#include "admin-gui/models/visible_text.h"

#include <algorithm>
#include <set>

namespace guildhall::console {

namespace {

/// The positions to hand out again, highest first. Those in use are kept, so that roles which stay
/// are not sent; where two roles share one, there are not enough and all are counted anew.
std::vector<int> positionsFor(const std::vector<RoleId> &order, const std::map<RoleId, Role> &base)
{
    std::set<int, std::greater<>> used;
    for (const RoleId id : order)
        used.insert(base.at(id).position);
    std::vector<int> positions(used.begin(), used.end());
    if (positions.size() == order.size() && (positions.empty() || positions.back() > 0))
        return positions;
    positions.clear();
    for (size_t i = order.size(); i > 0; --i)
        positions.push_back(int(i));
    return positions;
}

QStringList describeEdit(const Role &before, const RoleEdit &edit)
{
    const QString name = inSentence(before.name);
    QStringList lines;
    if (edit.name)
        lines.append(RoleDraft::tr("%1: name becomes “%2”").arg(name, inSentence(*edit.name)));
    if (edit.color && *edit.color == 0)
        lines.append(RoleDraft::tr("%1: no colour").arg(name));
    else if (edit.color)
        lines.append(RoleDraft::tr("%1: colour becomes #%2")
                         .arg(name, QString::number(*edit.color, 16).rightJustified(6, u'0')));
    if (edit.hoist) {
        lines.append((*edit.hoist ? RoleDraft::tr("%1: members are listed apart")
                                  : RoleDraft::tr("%1: members are no longer listed apart"))
                         .arg(name));
    }
    if (edit.mentionable) {
        lines.append((*edit.mentionable ? RoleDraft::tr("%1: anybody may mention it")
                                        : RoleDraft::tr("%1: not anybody may mention it any more"))
                         .arg(name));
    }
    for (const PermissionInfo &info : permissionCatalog()) {
        const QString right = permissionName(info.permission);
        if (edit.given.has(info.permission))
            lines.append(RoleDraft::tr("%1: gets “%2”").arg(name, right));
        if (edit.taken.has(info.permission))
            lines.append(RoleDraft::tr("%1: loses “%2”").arg(name, right));
    }
    return lines;
}

} // namespace

std::vector<RolePosition> RoleDraft::wantedPositions() const
{
    std::vector<RolePosition> out;
    if (!m_state.order)
        return out;
    std::vector<RoleId> order = m_order;
    std::erase(order, everyone());
    const std::vector<int> positions = positionsFor(order, m_base);
    for (size_t i = 0; i < order.size(); ++i) {
        if (m_base.at(order[i]).position != positions[i])
            out.push_back({order[i], positions[i]});
    }
    return out;
}

int RoleDraft::changeCount() const
{
    int count = int(wantedPositions().size());
    for (const auto &[id, edit] : m_state.edits)
        count += edit.count();
    return count;
}

std::vector<RoleId> RoleDraft::editedRoles() const
{
    std::vector<RoleId> out;
    std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(out),
                 [this](RoleId id) { return !edit(id).isEmpty(); });
    return out;
}

QStringList RoleDraft::describe() const
{
    QStringList lines;
    for (const RoleId id : editedRoles())
        lines += describeEdit(base(id), edit(id));
    const auto moved = wantedPositions();
    for (size_t row = 0; row < m_order.size(); ++row) {
        const auto here = [&](const RolePosition &p) {
            return p.id == m_order[row];
        };
        if (std::any_of(moved.begin(), moved.end(), here))
            lines.append(tr("%1: becomes number %2 from the top")
                             .arg(inSentence(base(m_order[row]).name), QString::number(row + 1)));
    }
    return lines;
}

void RoleDraft::applied(const Role &role)
{
    m_undo.clear(); // its steps know states from before the server's
    m_state.edits.erase(role.id);
    m_base.insert_or_assign(role.id, role);
    settle();
}

void RoleDraft::orderApplied(const std::vector<Role> &roles)
{
    m_undo.clear();
    m_state.order.reset();
    for (const Role &role : roles)
        m_base.insert_or_assign(role.id, role);
    settle();
}

} // namespace guildhall::console
