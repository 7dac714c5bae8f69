// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/timestamp.h"

#include <QString>

namespace guildhall::console {

/// "3 hours ago", "2 years ago"; coarse, because the exact time stands in the tooltip.
QString relativeTime(Timestamp time);
/// Date and time in the person's zone and language, with the zone.
QString exactTime(Timestamp time);

} // namespace guildhall::console
