// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace guildhall {

class Daemon;
struct Config;

/// What a person needs next, once the server runs: addresses, where the data are, the first steps.
QString banner(const Config &config, const Daemon &daemon);

} // namespace guildhall
