// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace guildhall {

/// The account name that a bot's display name suggests: `My Bot!` → `my_bot`. Keeps to the rules of
/// account names, 2 to 32 characters of [a-z0-9._].
QString botName(const QString &wanted);

/// The same with a number behind it, for when it is taken; no longer than names may be.
QString botName(const QString &wanted, quint32 number);

} // namespace guildhall
