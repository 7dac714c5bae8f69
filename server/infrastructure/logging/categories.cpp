// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/categories.h"

namespace guildhall {

#define GUILDHALL_DEFINE_CATEGORY(function, name)                                                  \
    Q_LOGGING_CATEGORY(function, "guildhall." name, QtInfoMsg)
GUILDHALL_LOG_CATEGORIES(GUILDHALL_DEFINE_CATEGORY)

} // namespace guildhall
