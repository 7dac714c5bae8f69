// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace guildhall::console {

/// The code of an invite as people pass it on: the code itself, or a link that ends with it. Empty
/// when there is none in it.
QString inviteCodeOf(const QString &typed);

} // namespace guildhall::console
