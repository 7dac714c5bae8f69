// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace guildhall {

/// The name of the setting that `name` is probably meant to be; empty when none is near.
QString closestConfigName(QStringView name);

} // namespace guildhall
