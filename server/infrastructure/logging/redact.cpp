// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/redact.h"

#include <QByteArrayView>

namespace guildhall {

namespace {

constexpr auto mask = "***";

bool isTokenCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
        || c == '_' || c == '.';
}

/// Whether a run of token characters has three segments of the lengths a JWT or a bot token has;
/// names of hosts and files, which have dots too, are shorter in the last.
bool looksLikeToken(QByteArrayView run)
{
    constexpr qsizetype shortestHead = 16;
    constexpr qsizetype shortestTail = 27;
    const qsizetype first = run.indexOf('.');
    const qsizetype second = first < 0 ? -1 : run.indexOf('.', first + 1);
    return second > 0 && run.indexOf('.', second + 1) < 0 && first >= shortestHead
        && run.size() - second - 1 >= shortestTail;
}

void maskTokens(QByteArray &text)
{
    for (qsizetype begin = 0; begin < text.size(); ++begin) {
        qsizetype end = begin;
        while (end < text.size() && isTokenCharacter(text.at(end)))
            ++end;
        QByteArrayView run = QByteArrayView(text).sliced(begin, end - begin);
        while (run.endsWith('.')) // the end of a sentence
            run.chop(1);
        if (looksLikeToken(run)) {
            text.replace(begin, run.size(), mask);
            end = begin + qsizetype(qstrlen(mask));
        }
        begin = end;
    }
}

/// scheme://name:password@host
void maskUrlPasswords(QByteArray &text)
{
    qsizetype from = 0;
    for (;;) {
        const qsizetype scheme = text.indexOf("://", from);
        if (scheme < 0)
            return;
        from = scheme + 3;
        qsizetype end = from;
        while (end < text.size() && uchar(text.at(end)) > ' ' && text.at(end) != '/')
            ++end;
        const QByteArrayView authority = QByteArrayView(text).sliced(from, end - from);
        const qsizetype at = authority.lastIndexOf('@');
        const qsizetype colon = authority.indexOf(':');
        if (at > 0 && colon >= 0 && colon < at)
            text.replace(from + colon + 1, at - colon - 1, mask);
    }
}

} // namespace

QByteArray redact(QByteArray text)
{
    if (text.contains('.'))
        maskTokens(text);
    if (text.contains("://"))
        maskUrlPasswords(text);
    return text;
}

} // namespace guildhall
