// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace guildhall {

/// Every route as a Markdown table, straight from the router; needs no database.
QByteArray routesPage();

} // namespace guildhall
