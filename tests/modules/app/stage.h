// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/modules/app/live_world.h"

#include <map>

namespace guildhall::test {

/// A guild of ann's with everything that events can be about. bob and the bot `helper` are members
/// who do not see the channel `hidden`; carol and the bot `robot` are no members yet; all five have
/// a session. dave is a member who is not here.
class Stage : public LiveWorld {
public:
    Stage();

    /// Sends a request, with names such as $guild in place of ids. Throws when it is refused.
    QJsonObject ask(const QByteArray &who, const QByteArray &method, const QByteArray &path,
                    const QByteArray &body = {});
    /// Where what the sessions know differs from what new ones get, once all is told.
    QString disagreement();
    using States = std::map<QByteArray, QJsonObject>; ///< by the watcher's name
    /// What the sessions know.
    States states();
    Watcher &watcher(const QByteArray &name) { return *m_watchers.at(name); }
    /// Closes the session of somebody.
    void goes(const QByteArray &name);

private:
    QByteArray make(const QByteArray &path, const QByteArray &body);
    UserId person(const QByteArray &name);
    void makeGuild();
    void makeBots();
    QByteArray filled(QByteArray text) const;
    States freshStates();
    QStringList differencesTo(const States &fresh);

    std::map<QByteArray, QByteArray> m_ids; ///< by name
    std::map<QByteArray, std::unique_ptr<Watcher>> m_watchers;
};

} // namespace guildhall::test
