// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/pages/guilds/add_guild_dialog.h"

namespace guildhall::console {

class ApiClient;

/// Makes a guild of a name.
class MakeGuildDialog : public AddGuildDialog {
    Q_OBJECT

public:
    explicit MakeGuildDialog(ApiClient &api, QWidget *parent = nullptr);

protected:
    QString problemWith(const QString &line) const override;
    void send(const QString &line) override;

private:
    ApiClient &m_api;
};

} // namespace guildhall::console
