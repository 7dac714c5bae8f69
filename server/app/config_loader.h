// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config_gather.h"

#include <tl/expected.hpp>

namespace guildhall {

/// A setting as it holds, and who says so.
struct ConfigSetting {
    const ConfigKey *key;
    QString text; ///< what was written, or the default; in the clear, also of a secret
    QString source; ///< "default", "environment", file:line:column, or a secret's file
    bool isGiven; ///< somebody set it
};

struct LoadedConfig {
    Config config;
    std::vector<ConfigSetting> settings; ///< all, in the order of the schema
};

/// The whole configuration, or all mistakes in it at once.
/// @thread any; reads secret files, touches nothing
tl::expected<LoadedConfig, std::vector<ConfigMistake>> loadConfig(const ConfigSources &sources);

/// A sentence for what was set and has no effect in this version. @thread any
QStringList configWarnings(const LoadedConfig &loaded);

/// The sources of this process: its environment and `file`, or when that is empty the .env of the
/// working folder, which may be missing. A file that cannot be read is the one mistake returned.
tl::expected<ConfigSources, ConfigMistake> processConfigSources(const QString &file);

} // namespace guildhall
