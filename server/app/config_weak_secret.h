// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace guildhall {

/// Why a signing key could be guessed: too short, or a phrase that sample files are full of.
/// Nothing when it looks fine.
std::optional<QString> secretWeakness(const QByteArray &secret);

} // namespace guildhall
