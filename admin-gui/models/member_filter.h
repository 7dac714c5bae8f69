// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/sorted_model.h"

namespace guildhall::console {

/// Sorts and filters the members that have been loaded. The server lists members by id only, so
/// what is not loaded yet is found by its search, not by this.
class MemberFilter : public SortedModel {
    Q_OBJECT

public:
    enum class Presence { Anybody, Online, Offline };

    explicit MemberFilter(QObject *parent = nullptr);

    /// Looked for in name, user name, roles and id; case does not matter.
    void setText(const QString &text);
    void setPresence(Presence presence);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
    Presence m_presence = Presence::Anybody;
};

} // namespace guildhall::console
