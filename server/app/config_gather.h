// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config_schema.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <vector>

namespace guildhall {

/// What the settings are read from. Values, so that a test needs no environment and no .env.
struct ConfigSources {
    QString fileName; ///< as mistakes name it; empty: there is no file
    QByteArray fileText;
    std::map<QByteArray, QByteArray> environment;
};

/// A mistake, where it was made and what would be right.
struct ConfigMistake {
    QString place; ///< file:line:column, or "environment"
    QString key;
    QString wrong;
    QString advice; ///< what is allowed, or what was probably meant

    /// `place: key: what is wrong; what is allowed`
    QString toString() const;
};

/// A text for a setting and where it comes from.
struct ConfigText {
    QString text; ///< trimmed, but for secrets; empty: unset on purpose
    QString place;
};

/// The texts that win, by setting, with all mistakes in names, syntax and secret files. The file is
/// the weakest, then the credentials of the service manager, then the environment. A name holds
/// with the prefix GUILDHALL_ too, and a secret's also with _FILE behind it. @thread any; reads
/// files
struct GatheredConfig {
    std::map<const ConfigKey *, ConfigText> texts;
    std::vector<ConfigMistake> mistakes;
};
GatheredConfig gatherConfig(const ConfigSources &sources);

} // namespace guildhall
