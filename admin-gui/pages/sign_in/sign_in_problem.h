// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/call_error.h"

#include <QUrl>

namespace guildhall::console {

/// What is wrong with the address of a server, as far as a call that failed shows it; empty when
/// the address is not what it failed for.
QString addressProblem(const CallError &error, const QUrl &server);

} // namespace guildhall::console
