// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/log_escape.h"

#include <QList>
#include <QString>

#include <algorithm>

namespace guildhall {

namespace {

enum class Style { Plain, Json };

bool isHarmlessAscii(char c)
{
    return c >= 0x20 && c < 0x7f;
}

/// Characters that end a line, move the cursor of a terminal or turn the direction of what follows.
bool isTreacherous(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

void appendCharacter(QByteArray &out, char32_t c, Style style)
{
    if (c == U'\n')
        out += "\\n";
    else if (c == U'\r')
        out += "\\r";
    else if (c == U'\t')
        out += "\\t";
    else if (isTreacherous(c))
        out += "\\u" + QByteArray::number(uint(c), 16).rightJustified(4, '0');
    else if (style == Style::Json && (c == U'"' || c == U'\\'))
        out.append('\\').append(char(c));
    else if (c < 0x80)
        out += char(c);
    else
        out += QString::fromUcs4(&c, 1).toUtf8();
}

void append(QByteArray &out, QByteArrayView utf8, Style style)
{
    const bool needsNoWork = std::all_of(utf8.begin(), utf8.end(), [style](char c) {
        return isHarmlessAscii(c) && (style == Style::Plain || (c != '"' && c != '\\'));
    });
    if (needsNoWork) {
        out += utf8;
        return;
    }
    // Invalid sequences become U+FFFD on the way.
    for (const uint c : QString::fromUtf8(utf8).toUcs4())
        appendCharacter(out, char32_t(c), style);
}

} // namespace

void appendPlain(QByteArray &out, QByteArrayView utf8)
{
    append(out, utf8, Style::Plain);
}

void appendJsonString(QByteArray &out, QByteArrayView utf8)
{
    out += '"';
    append(out, utf8, Style::Json);
    out += '"';
}

} // namespace guildhall
