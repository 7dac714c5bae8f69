// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace guildhall {

/// JSON that is kept and echoed as it came (message components, for one); always valid and compact.
struct RawJson {
    QByteArray text;
    friend bool operator==(const RawJson &, const RawJson &) = default;
};

/// A JSON string or integer that must come back as what it was (a message's nonce).
struct StringOrInt {
    QByteArray text; ///< without quotes
    bool isInt = false;
    friend bool operator==(const StringOrInt &, const StringOrInt &) = default;
};

/// A list that is always `[]` on the wire: things Guildhall does not have, which clients iterate.
struct EmptyList {
    friend bool operator==(EmptyList, EmptyList) = default;
};

/// A key that is always null on the wire, for the same reason.
struct AlwaysNull {
    friend bool operator==(AlwaysNull, AlwaysNull) = default;
};

} // namespace guildhall
