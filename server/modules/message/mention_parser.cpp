// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/mention_parser.h"

#include <algorithm>
#include <optional>

namespace guildhall {

namespace {

/// `<@&` and `>` around the nineteen digits of an id; looking no further keeps a text of openings
/// cheap.
constexpr qsizetype longestReference = 23;

/// How many backticks stand at `at`.
qsizetype backticks(QStringView text, qsizetype at)
{
    qsizetype count = 0;
    while (at + count < text.size() && text[at + count] == u'`')
        ++count;
    return count;
}

/// The end of the code that a run of `length` backticks at `at` opens: behind the next run of the
/// same length. A run that is never closed opens nothing: -1.
qsizetype endOfCode(QStringView text, qsizetype at, qsizetype length)
{
    for (qsizetype i = at + length; i < text.size();) {
        const qsizetype run = backticks(text, i);
        if (run == length)
            return i + run;
        i += std::max<qsizetype>(run, 1);
    }
    return -1;
}

template <typename AnyId>
void addOnce(std::vector<AnyId> &list, quint64 value)
{
    const AnyId id(value);
    if (std::find(list.begin(), list.end(), id) == list.end())
        list.push_back(id);
}

/// Reads `<@…>` at `at`; returns the index behind it, or `at` when it is no mention.
qsizetype readReference(QStringView text, qsizetype at, MentionsInText &found)
{
    const QStringView start = text.sliced(at, std::min(text.size() - at, longestReference));
    const qsizetype length = start.indexOf(u'>');
    if (length < 0)
        return at;
    QStringView inside = start.sliced(2, length - 2);
    const bool role = inside.startsWith(u'&');
    if (role || inside.startsWith(u'!'))
        inside = inside.sliced(1);
    const QByteArray digits = inside.toLatin1();
    const auto id = parseSnowflake({digits.constData(), size_t(digits.size())});
    if (!id || *id == 0)
        return at;
    if (role)
        addOnce(found.roles, *id);
    else
        addOnce(found.users, *id);
    return at + length + 1;
}

} // namespace

MentionsInText parseMentions(QStringView content)
{
    MentionsInText found;
    for (qsizetype i = 0; i < content.size();) {
        const QStringView rest = content.sliced(i);
        if (const qsizetype run = backticks(content, i); run > 0) {
            const qsizetype end = endOfCode(content, i, run);
            i = end < 0 ? i + run : end;
        } else if (rest.startsWith(u"<@")) {
            i = std::max(readReference(content, i, found), i + 1);
        } else if (rest.startsWith(u"@everyone") || rest.startsWith(u"@here")) {
            found.everyone = true;
            ++i;
        } else {
            ++i;
        }
    }
    return found;
}

} // namespace guildhall
