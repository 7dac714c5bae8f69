// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/user/bot_name.h"

#include "shared/dto/account_rules.h"

namespace guildhall {

namespace {

constexpr qsizetype longestName = 32;

bool isAllowed(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'.' || c == u'_';
}

} // namespace

QString botName(const QString &wanted)
{
    QString name;
    // Marks come off their letters, so that `Ärger` gives `arger`.
    for (const QChar c : wanted.normalized(QString::NormalizationForm_KD).toLower()) {
        if (isAllowed(c))
            name += c;
        else if (!c.isMark() && !name.isEmpty() && !name.endsWith(u'_'))
            name += u'_';
        if (name.size() == longestName)
            break;
    }
    while (name.endsWith(u'_'))
        name.chop(1);
    if (name.startsWith(deletedAccountPrefix))
        return (QStringLiteral("bot_") + name).left(longestName);
    return name.size() < 2 ? QStringLiteral("bot") + name : name;
}

QString botName(const QString &wanted, quint32 number)
{
    const QString suffix = QString::number(number);
    return botName(wanted).left(longestName - suffix.size()) + suffix;
}

} // namespace guildhall
