// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

namespace guildhall::console {

/// Draws a field as one that has to be corrected, or not any more.
void markInvalid(QLineEdit *field, bool invalid);

} // namespace guildhall::console
