// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/parse.h"

#include <QByteArray>
#include <QByteArrayView>

namespace guildhall::json {

/// Turns `a=1&b=x&b=y` into `{"a":"1","b":["x","y"]}`, so that one codec reads bodies and queries
/// (decode with Decoder::Source::Query). `key[]` counts as `key`; broken escapes stay as they are.
Document queryToObject(QByteArrayView query);

/// `value` with the characters escaped that a query or path segment must not hold as they are.
QByteArray percentEncode(QByteArrayView value);

} // namespace guildhall::json
