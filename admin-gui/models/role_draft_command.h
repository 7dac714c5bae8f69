// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/role_draft.h"

#include <QUndoCommand>

namespace guildhall::console {

/// One step of a draft, as the edits before and after it: drafts are small, and a step that keeps
/// both cannot disagree with the one before it.
class RoleDraftCommand : public QUndoCommand {
public:
    /// @param mergeId steps in a row with the same one are one step (typing a name); -1 for none
    RoleDraftCommand(RoleDraft &draft, const QString &text, RoleEdits before, RoleEdits after,
                     int mergeId)
        : QUndoCommand(text)
        , m_draft(draft)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_mergeId(mergeId)
    { }

    void undo() override { m_draft.restore(m_before); }
    void redo() override { m_draft.restore(m_after); }
    int id() const override { return m_mergeId; }
    bool mergeWith(const QUndoCommand *later) override
    {
        m_after = static_cast<const RoleDraftCommand *>(later)->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    RoleDraft &m_draft;
    RoleEdits m_before;
    RoleEdits m_after;
    int m_mergeId;
};

} // namespace guildhall::console
