// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <compare>
#include <optional>
#include <string_view>

namespace guildhall {

/// Milliseconds since 1970, UTC. The only time type in values and on the wire.
struct Timestamp {
    qint64 ms = 0;

    friend constexpr auto operator<=>(Timestamp, Timestamp) = default;

    /// `YYYY-MM-DDTHH:MM:SS.ffffff+00:00`. @source api.md 1.3
    QByteArray toIso() const;
    /// Any ISO-8601 date and time with `Z` or an offset; nothing else.
    static std::optional<Timestamp> fromIso(std::string_view text);
};

} // namespace guildhall
