// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/guild_view.h"
#include "admin-gui/models/rights.h"

#include <QDialog>

#include <vector>

class QLineEdit;

namespace guildhall::console {

/// Shows who will be removed and who will not, and why, before it happens: a kick cannot be undone.
class KickDialog : public QDialog {
    Q_OBJECT

public:
    KickDialog(const GuildView &guild, const std::vector<Member> &chosen, const Rights &rights,
               QWidget *parent = nullptr);

    /// Those who may be kicked.
    const std::vector<Member> &targets() const { return m_targets; }
    /// For the audit log; empty when none was given.
    QString reason() const;

private:
    QWidget *makePreview(const std::vector<Member> &chosen, const Rights &rights);

    std::vector<Member> m_targets;
    QLineEdit *m_reason;
};

} // namespace guildhall::console
