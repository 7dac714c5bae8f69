// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/rules.h"

#include <algorithm>

namespace guildhall::json {

qsizetype codePoints(const QString &text)
{
    return std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isLowSurrogate(); });
}

void Trimmed::apply(QString &text, Decoder &) const
{
    text = text.trimmed();
}

void Length::apply(QString &text, Decoder &decoder) const
{
    const qsizetype length = codePoints(text);
    if (length >= min && length <= max)
        return;
    if (min == 0) {
        decoder.fail("BASE_TYPE_MAX_LENGTH",
                     QStringLiteral("Must be %1 or fewer in length.").arg(max));
    } else {
        decoder.fail("BASE_TYPE_BAD_LENGTH",
                     QStringLiteral("Must be between %1 and %2 in length.").arg(min).arg(max));
    }
}

void Range::check(qint64 number, Decoder &decoder) const
{
    if (number < min) {
        decoder.fail("NUMBER_TYPE_MIN",
                     QStringLiteral("int value should be greater than or equal to %1.").arg(min));
    } else if (number > max) {
        decoder.fail("NUMBER_TYPE_MAX",
                     QStringLiteral("int value should be less than or equal to %1.").arg(max));
    }
}

void Items::check(qsizetype size, Decoder &decoder) const
{
    if (size < min || size > max) {
        decoder.fail("BASE_TYPE_BAD_LENGTH",
                     QStringLiteral("Must be between %1 and %2 in length.").arg(min).arg(max));
    }
}

void requireOneOf(std::span<const int> choices, int number, Decoder &decoder)
{
    if (std::find(choices.begin(), choices.end(), number) != choices.end())
        return;
    QStringList names;
    for (int choice : choices)
        names.append(QString::number(choice));
    decoder.fail(
        "BASE_TYPE_CHOICES",
        QStringLiteral("Value must be one of (%1).").arg(names.join(QStringLiteral(", "))));
}

} // namespace guildhall::json
