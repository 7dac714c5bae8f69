// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/member_text.h"

#include "admin-gui/models/visible_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace guildhall::console {

namespace {
struct Translated {
    Q_DECLARE_TR_FUNCTIONS(MemberText)
};
} // namespace

QString rolesText(const GuildView &view, const Member &member)
{
    std::vector<const Role *> roles;
    for (const RoleId id : member.roles) {
        const auto found = view.roles.find(id);
        if (found != view.roles.end())
            roles.push_back(&found->second);
    }
    std::sort(roles.begin(), roles.end(), [](const Role *a, const Role *b) {
        return std::pair(-a->position, a->id) < std::pair(-b->position, b->id);
    });
    QStringList names;
    for (const Role *role : roles)
        names.append(inSentence(role->name));
    return names.join(Translated::tr(", ", "between names"));
}

QString clientText(const Presence &presence)
{
    QStringList kinds;
    if (presence.clientStatus.desktop)
        kinds.append(Translated::tr("Desktop"));
    if (presence.clientStatus.web)
        kinds.append(Translated::tr("Web"));
    if (presence.clientStatus.mobile)
        kinds.append(Translated::tr("Mobile"));
    return kinds.join(Translated::tr(", ", "between names"));
}

QString shownStatus(const GuildView &view, UserId user, UserId self)
{
    const QString status = view.statusOf(user);
    return user == self && status == u"offline" ? QStringLiteral("unseen") : status;
}

int statusRank(const QString &status)
{
    const QStringList ranks{QStringLiteral("online"), QStringLiteral("idle"), QStringLiteral("dnd"),
                            QStringLiteral("unseen")};
    const auto rank = ranks.indexOf(status);
    return int(rank < 0 ? ranks.size() : rank);
}

QString statusText(const QString &status)
{
    switch (statusRank(status)) {
    case 0:
        return Translated::tr("Online");
    case 1:
        return Translated::tr("Idle");
    case 2:
        return Translated::tr("Do not disturb");
    case 3:
        return Translated::tr("You (not shown)");
    default:
        return Translated::tr("Offline");
    }
}

QString activityText(const Presence &presence)
{
    if (presence.activities.empty())
        return {};
    constexpr int customStatus = 4;
    const Activity &first = presence.activities.front();
    return visibleText(first.type == customStatus ? first.state.value_or(QString()) : first.name);
}

} // namespace guildhall::console
