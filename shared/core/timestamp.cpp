// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/timestamp.h"

#include <algorithm>
#include <chrono>

namespace guildhall {

namespace {

/// Writes `value` into `count` characters, zeros in front.
void putDigits(char *out, int count, unsigned value)
{
    for (int i = count - 1; i >= 0; --i) {
        out[i] = char('0' + value % 10);
        value /= 10;
    }
}

} // namespace

QByteArray Timestamp::toIso() const
{
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds{ms}};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    // Digit by digit: a page of messages has fifty of these, and printf reads its format each time.
    QByteArray text("0000-00-00T00:00:00.000000+00:00");
    char *out = text.data();
    putDigits(out, 4, unsigned(std::clamp(int(date.year()), 0, 9999)));
    putDigits(out + 5, 2, unsigned(date.month()));
    putDigits(out + 8, 2, unsigned(date.day()));
    putDigits(out + 11, 2, unsigned(clock.hours().count()));
    putDigits(out + 14, 2, unsigned(clock.minutes().count()));
    putDigits(out + 17, 2, unsigned(clock.seconds().count()));
    putDigits(out + 20, 3, unsigned(clock.subseconds().count()));
    return text;
}

namespace {

/// Reads exactly `digits` digits at the front of `text` and removes them.
std::optional<int> takeNumber(std::string_view &text, size_t digits)
{
    if (text.size() < digits)
        return std::nullopt;
    int value = 0;
    for (size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view &text, char wanted)
{
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Milliseconds of a fraction of any length; the point is already read.
std::optional<int> takeFraction(std::string_view &text)
{
    int value = 0;
    int weight = 100;
    size_t count = 0;
    for (; count < text.size() && text[count] >= '0' && text[count] <= '9'; ++count) {
        value += (text[count] - '0') * weight;
        weight /= 10;
    }
    text.remove_prefix(count);
    return count == 0 ? std::nullopt : std::optional(value);
}

/// The offset in minutes: `Z`, `+HH:MM` or `+HHMM`.
std::optional<int> takeOffset(std::string_view &text)
{
    if (take(text, 'Z') || take(text, 'z'))
        return 0;
    const bool east = take(text, '+');
    if (!east && !take(text, '-'))
        return std::nullopt;
    const auto hours = takeNumber(text, 2);
    take(text, ':');
    const auto minutes = takeNumber(text, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    return (east ? 1 : -1) * (*hours * 60 + *minutes);
}

} // namespace

std::optional<Timestamp> Timestamp::fromIso(std::string_view text)
{
    using namespace std::chrono;
    const auto year_ = takeNumber(text, 4);
    const bool dash1 = take(text, '-');
    const auto month_ = takeNumber(text, 2);
    const bool dash2 = take(text, '-');
    const auto day_ = takeNumber(text, 2);
    if (!year_ || !month_ || !day_ || !dash1 || !dash2
        || !(take(text, 'T') || take(text, ' ') || take(text, 't')))
        return std::nullopt;
    const auto hour = takeNumber(text, 2);
    const bool colon = take(text, ':');
    const auto minute = takeNumber(text, 2);
    if (!hour || !minute || !colon)
        return std::nullopt;
    int second = 0;
    int fraction = 0;
    if (take(text, ':')) {
        const auto seconds_ = takeNumber(text, 2);
        if (!seconds_)
            return std::nullopt;
        second = *seconds_;
        if (take(text, '.') || take(text, ',')) {
            const auto ms_ = takeFraction(text);
            if (!ms_)
                return std::nullopt;
            fraction = *ms_;
        }
    }
    const auto offset = takeOffset(text);
    const year_month_day date{year(*year_), month(unsigned(*month_)), day(unsigned(*day_))};
    if (!offset || !text.empty() || !date.ok() || *hour > 23 || *minute > 59 || second > 60)
        return std::nullopt;
    const auto whole
        = sys_days(date) + hours(*hour) + minutes(*minute) + seconds(second) - minutes(*offset);
    return Timestamp{duration_cast<milliseconds>(whole.time_since_epoch()).count() + fraction};
}

} // namespace guildhall
