// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config_loader.h"

#include <QByteArray>

namespace guildhall {

/// A file with every setting commented out, with its default and what is allowed. Kept as
/// resources/config/guildhall.env.example; a test holds the two together.
QByteArray configSample();

/// Every setting as it holds, a line each: `NAME=value  # source`. Secrets are ***.
QByteArray configShown(const LoadedConfig &loaded);

/// A setting's value for showing: *** for a secret that is set.
QString shownValue(const ConfigSetting &setting);

} // namespace guildhall
