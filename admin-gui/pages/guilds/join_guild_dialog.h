// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/pages/guilds/add_guild_dialog.h"

namespace guildhall::console {

class ApiClient;

/// Joins the guild that an invite leads to.
class JoinGuildDialog : public AddGuildDialog {
    Q_OBJECT

public:
    explicit JoinGuildDialog(ApiClient &api, QWidget *parent = nullptr);

protected:
    QString problemWith(const QString &line) const override;
    void send(const QString &line) override;

private:
    ApiClient &m_api;
};

} // namespace guildhall::console
