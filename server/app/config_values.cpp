// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_values.h"

#include "server/infrastructure/logging/categories.h"

#include <QDir>

#include <algorithm>
#include <limits>

namespace guildhall::configValues {

using namespace Qt::StringLiterals;

namespace {

/// Digits only, at most `most`; nothing otherwise.
std::optional<qint64> digits(QStringView text, qint64 most)
{
    if (text.isEmpty())
        return std::nullopt;
    qint64 value = 0;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        const int digit = c.unicode() - u'0';
        if (value > (most - digit) / 10)
            return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

struct Unit {
    QChar letter;
    qint64 factor;
};

/// A number with one of the units' letters, or without one. Nothing when it is no such thing, is
/// zero, or does not fit into `most`.
template <size_t count>
std::optional<qint64> numberWithUnit(QStringView text, const Unit (&units)[count], qint64 most)
{
    qint64 factor = 1;
    for (const Unit &unit : units) {
        if (!text.isEmpty() && text.back().toUpper() == unit.letter) {
            factor = unit.factor;
            text.chop(1);
            break;
        }
    }
    const auto number = digits(text, most / factor);
    if (!number || *number == 0)
        return std::nullopt;
    return *number * factor;
}

} // namespace

QString WholeNumber::allowed() const
{
    return u"a whole number from %1 to %2"_s.arg(least).arg(most);
}

Read<qint64> WholeNumber::operator()(QStringView text) const
{
    const auto value = digits(text, std::numeric_limits<qint64>::max());
    if (!value)
        return tl::unexpected(u"is no whole number"_s);
    if (*value < least || *value > most)
        return tl::unexpected(u"is out of range"_s);
    return *value;
}

QString Milliseconds::allowed() const
{
    return u"milliseconds, from %1 to %2"_s.arg(least).arg(most);
}

Read<std::chrono::milliseconds> Milliseconds::operator()(QStringView text) const
{
    return WholeNumber{least, most}(text).map(
        [](qint64 ms) { return std::chrono::milliseconds(ms); });
}

QString Duration::allowed() const
{
    return u"seconds, or a number with s, m, h or d, such as 15m or 7d; at most 3650d"_s;
}

Read<std::chrono::seconds> Duration::operator()(QStringView text) const
{
    constexpr qint64 day = 86'400;
    constexpr Unit units[] = {{u'S', 1}, {u'M', 60}, {u'H', 3600}, {u'D', day}};
    const auto seconds = numberWithUnit(text, units, 3650 * day);
    if (!seconds)
        return tl::unexpected(u"is no time"_s);
    return std::chrono::seconds(*seconds);
}

QString Switch::allowed() const
{
    return u"on or off"_s;
}

Read<bool> Switch::operator()(QStringView text) const
{
    for (const QStringView word : {u"on", u"true", u"yes", u"1"}) {
        if (text.compare(word, Qt::CaseInsensitive) == 0)
            return true;
    }
    for (const QStringView word : {u"off", u"false", u"no", u"0"}) {
        if (text.compare(word, Qt::CaseInsensitive) == 0)
            return false;
    }
    return tl::unexpected(u"is neither on nor off"_s);
}

QString Text::allowed() const
{
    return u"text on one line"_s;
}

Read<QString> Text::operator()(QStringView text) const
{
    const auto isControl = [](QChar c) {
        return c.category() == QChar::Other_Control;
    };
    if (std::any_of(text.begin(), text.end(), isControl))
        return tl::unexpected(u"has control characters in it"_s);
    return text.toString();
}

QString Directory::allowed() const
{
    return u"the path of a folder; it is made when it is missing"_s;
}

Read<QString> Directory::operator()(QStringView text) const
{
    if (text.startsWith(u'~'))
        return tl::unexpected(u"begins with ~, which only a shell understands"_s);
    return Text()(text).map(
        [](const QString &path) { return QDir::cleanPath(QDir().absoluteFilePath(path)); });
}

QString Rules::allowed() const
{
    QStringList names;
    for (const char *name : logCategoryNames)
        names.append(QString::fromLatin1(name));
    return u"category=level with commas between; categories: %1; levels: debug, info, warning, error"_s
        .arg(names.join(u", "_s));
}

Read<std::vector<LogRule>> Rules::operator()(QStringView text) const
{
    return parseLogRules(text).map_error(
        [](const QString &mistake) { return u"cannot be used: "_s + mistake; });
}

Choice<QString> sslModes()
{
    Choice<QString> choice;
    for (const QString &word :
         {u"disable"_s, u"allow"_s, u"prefer"_s, u"require"_s, u"verify-ca"_s, u"verify-full"_s})
        choice.words.emplace_back(word, word);
    return choice;
}

} // namespace guildhall::configValues
