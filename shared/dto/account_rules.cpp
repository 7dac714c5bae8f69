// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/dto/account_rules.h"

#include "shared/json/rules.h"

#include <algorithm>

namespace guildhall {

namespace {

/// Not QChar::toLower: a Kelvin sign would become a k, and two names that look alike are then one.
QChar lowerAscii(QChar c)
{
    return c >= u'A' && c <= u'Z' ? QChar(c.unicode() - u'A' + u'a') : c;
}

bool isAllowedInName(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'.' || c == u'_';
}

bool isBlankOrControl(QChar c)
{
    return c.isSpace() || c.category() == QChar::Other_Control;
}

} // namespace

void UsernameCharacters::apply(QString &name, json::Decoder &decoder) const
{
    std::transform(name.begin(), name.end(), name.begin(), lowerAscii);
    if (!std::all_of(name.cbegin(), name.cend(), isAllowedInName)) {
        decoder.fail("USERNAME_INVALID_CONTAINS",
                     QStringLiteral("Username must only contain letters, numbers, underscores and "
                                    "periods."));
    } else if (name.startsWith(deletedAccountPrefix)) {
        decoder.fail("USERNAME_INVALID_RESERVED",
                     QStringLiteral("Usernames of deleted accounts cannot be chosen."));
    }
}

void EmailAddress::apply(QString &address, json::Decoder &decoder) const
{
    const qsizetype at = address.indexOf(u'@');
    const bool ok = json::codePoints(address) <= 254 && at > 0 && at < address.size() - 1
        && address.count(u'@') == 1
        && std::none_of(address.cbegin(), address.cend(), isBlankOrControl);
    if (!ok) {
        decoder.fail("EMAIL_TYPE_INVALID_EMAIL",
                     QStringLiteral("Not a well formed email address."));
    }
}

} // namespace guildhall
