// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/invite_code.h"

#include <QRegularExpression>

namespace guildhall::console {

QString inviteCodeOf(const QString &typed)
{
    // What follows ? or # in a link is not the code, and neither is a slash at its end.
    static const QRegularExpression last(QStringLiteral("([^/\\s]+)/*\\s*$"));
    const QString link = typed.section(u'?', 0, 0).section(u'#', 0, 0);
    const QString code = last.match(link).captured(1);
    const bool sentence = link.simplified().contains(u' ');
    return sentence ? QString() : code;
}

} // namespace guildhall::console
