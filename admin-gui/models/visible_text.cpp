// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/visible_text.h"

#include <algorithm>

namespace guildhall::console {

namespace {

constexpr QChar firstStrongIsolate(0x2068);
constexpr QChar popIsolate(0x2069);

bool isHidden(QChar c)
{
    const char16_t code = c.unicode();
    const bool mark = code == 0x061c || code == 0x200e || code == 0x200f;
    const bool embedding = code >= 0x202a && code <= 0x202e;
    const bool isolate = code >= 0x2066 && code <= 0x2069;
    const bool noWidth = code == 0x200b || code == 0xfeff || (code >= 0x2060 && code <= 0x2064);
    const bool lineBreak = code == 0x2028 || code == 0x2029;
    return mark || embedding || isolate || noWidth || lineBreak
        || c.category() == QChar::Other_Control;
}

bool isRightToLeft(QChar c)
{
    // Half of a pair counts, too: scripts beyond the first plane are few, and an isolate around
    // what needs none is not seen.
    return c.direction() == QChar::DirR || c.direction() == QChar::DirAL || c.isSurrogate();
}

} // namespace

QString visibleText(const QString &text)
{
    if (std::none_of(text.begin(), text.end(), isHidden))
        return text;
    QString out;
    for (const QChar c : text) {
        if (isHidden(c))
            out += QStringLiteral("[U+%1]")
                       .arg(uint(c.unicode()), 4, 16, QLatin1Char('0'))
                       .toUpper();
        else
            out += c;
    }
    return out;
}

QString inSentence(const QString &text)
{
    QString visible = visibleText(text);
    if (std::none_of(visible.cbegin(), visible.cend(), isRightToLeft))
        return visible;
    return firstStrongIsolate + visible + popIsolate;
}

} // namespace guildhall::console
