// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace guildhall {

struct Config;

/// Makes an administrator of this server; the password comes from readPassword().
/// @return the exit code  @throws Fault  @thread main (blocks)
int createAdmin(const Config &config, const QString &username, const QString &email);

} // namespace guildhall
