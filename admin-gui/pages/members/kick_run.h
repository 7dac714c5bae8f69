// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/api_client.h"
#include "admin-gui/models/guild_view.h"

#include <QObject>

#include <deque>
#include <vector>

namespace guildhall::console {

/// Kicks members one after the other, and tells at the end who is gone and who is not. Deletes
/// itself then. Rows go when the gateway says so, as they do for everybody else's kicks.
class KickRun : public QObject {
    Q_OBJECT

public:
    struct Failure {
        Member member;
        CallError error;
    };

    KickRun(ApiClient &api, GuildId guild, std::vector<Member> targets, QString reason,
            QObject *parent);
    void start();

Q_SIGNALS:
    void finished(int kicked, const std::vector<guildhall::console::KickRun::Failure> &failures);

private:
    void next();

    ApiClient &m_api;
    GuildId m_guild;
    std::deque<Member> m_left;
    QString m_reason;
    int m_kicked = 0;
    std::vector<Failure> m_failures;
};

} // namespace guildhall::console
