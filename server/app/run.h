// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace guildhall {

struct Config;

/// Serves until a signal asks to stop. @return the exit code  @throws Fault  @thread main
int serve(const Config &config);

} // namespace guildhall
