// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace guildhall::console {

/// A text of strangers as it may be shown: characters that cannot be seen but change what is seen
/// (they turn the text around them, break lines or take no room) are written out, as [U+202E].
/// Joiners stay, which many scripts and emoji need.
QString visibleText(const QString &text);

/// The same for use within a sentence: what is written from right to left does not reorder the
/// words and marks around it.
QString inSentence(const QString &text);

} // namespace guildhall::console
