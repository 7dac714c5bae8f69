// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_loader.h"

#include <utility>
#include <vector>

namespace guildhall {

using namespace Qt::StringLiterals;

QStringList configWarnings(const LoadedConfig &loaded)
{
    // What has the same reason goes into one sentence.
    std::vector<std::pair<QByteArrayView, QStringList>> namesByReason;
    for (const ConfigSetting &setting : loaded.settings) {
        const QByteArrayView reason(setting.key->withoutEffect);
        if (!setting.isGiven || reason.isEmpty())
            continue;
        if (namesByReason.empty() || namesByReason.back().first != reason)
            namesByReason.emplace_back(reason, QStringList());
        namesByReason.back().second.append(QString::fromLatin1(setting.key->name));
    }
    QStringList sentences;
    for (const auto &[reason, names] : namesByReason)
        sentences.append(u"%1: set without effect, since %2"_s.arg(names.join(u", "_s),
                                                                   QString::fromUtf8(reason)));
    return sentences;
}

} // namespace guildhall
