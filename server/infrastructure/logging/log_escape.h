// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace guildhall {

/// Appends UTF-8 text so that it stays on its line and moves no cursor.
void appendPlain(QByteArray &out, QByteArrayView utf8);

/// Appends UTF-8 text as a JSON string with its quotes, with the same characters escaped.
void appendJsonString(QByteArray &out, QByteArrayView utf8);

} // namespace guildhall
