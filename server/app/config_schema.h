// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config.h"

#include <QAnyStringView>
#include <QString>
#include <QStringView>

#include <functional>
#include <optional>
#include <span>

namespace guildhall {

/// One setting. The parser, `config show`, the sample file and their tests are all made from these.
struct ConfigKey {
    const char *name;
    const char *section;
    const char *fallback; ///< the default as a person would write it; empty: unset
    const char *whenUnset; ///< what happens without a value and a default; else empty
    const char *meaning; ///< a sentence, with the unit
    bool isSecret; ///< masked in output, and can be given as NAME_FILE
    QString allowed;
    const char *withoutEffect; ///< why nothing comes of it in this version; empty: it is used
    /// Puts a text that is not empty into the config, or says what is wrong with it.
    std::function<std::optional<QString>(QStringView, Config &)> apply;
};

/// All settings, in the order of the sample file. @thread any
std::span<const ConfigKey> configSchema();

/// The setting of that name; null when there is none.
const ConfigKey *findConfigKey(QAnyStringView name);

} // namespace guildhall
