// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/role_edit.h"

#include <QObject>
#include <QUndoStack>

namespace guildhall::console {

/// A guild's roles with changes that have not been sent. The server's roles may change underneath
/// at any time: edits stay, and what the server has come to by itself is no edit any more.
/// @thread GUI
class RoleDraft : public QObject {
    Q_OBJECT

public:
    explicit RoleDraft(QObject *parent = nullptr);

    /// The roles as the server has them now. Another guild's roles begin a new draft. Edits of
    /// roles that are gone are lost, and told of by editsLost().
    void setBase(GuildId guild, const std::map<RoleId, Role> &roles);
    GuildId guild() const { return m_guild; }
    RoleId everyone() const { return RoleId(m_guild); }

    /// Highest first, @everyone last, as the draft has them.
    const std::vector<RoleId> &order() const { return m_order; }
    bool contains(RoleId role) const { return m_base.contains(role); }
    /// As the draft has it. @pre contains(role)
    Role role(RoleId role) const;
    /// As the server has it. @pre contains(role)
    const Role &base(RoleId role) const;
    const RoleEdit &edit(RoleId role) const;
    bool isMoved(RoleId role) const;

    // Each can be undone.
    void setName(RoleId role, const QString &name);
    void setColor(RoleId role, int color);
    void setHoist(RoleId role, bool hoist);
    void setMentionable(RoleId role, bool mentionable);
    void setPermissions(RoleId role, Permissions which, bool on);
    /// @param row in order(); the lowest is above @everyone
    void move(RoleId role, int row);
    void discard();

    /// Settings and moved roles.
    int changeCount() const;
    /// A sentence per change, by role.
    QStringList describe() const;
    /// Roles that have edits, highest first.
    std::vector<RoleId> editedRoles() const;
    /// What to send for the order; empty when it is as it was.
    std::vector<RolePosition> wantedPositions() const;

    // The server took it.
    void applied(const Role &role);
    void orderApplied(const std::vector<Role> &roles);

    QUndoStack &undoStack() { return m_undo; }

Q_SIGNALS:
    /// Values of roles; which roles there are and their order is as before.
    void edited();
    /// Which roles there are, or their order.
    void restructured();
    /// These roles are gone from the server, and what was changed of them from the draft.
    /// @param roles as the server had them
    void editsLost(const std::vector<guildhall::Role> &roles);

private:
    friend class RoleDraftCommand;
    void change(const QString &text, const RoleEdits &to, int mergeId);
    void changeEdit(RoleId role, const QString &text, const RoleEdit &edit, int mergeId = -1);
    void restore(const RoleEdits &state);
    void settle();
    std::vector<RoleId> baseOrder() const;
    std::vector<RoleId> draftOrder() const;

    GuildId m_guild;
    std::map<RoleId, Role> m_base;
    RoleEdits m_state;
    std::vector<RoleId> m_order;
    QUndoStack m_undo;
};

} // namespace guildhall::console
