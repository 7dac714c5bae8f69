// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace guildhall::console {

/// Loads the texts of the person's language, and English where there is none: without a file even
/// English has no plurals. Called once, after the application is made.
void installLanguage();

} // namespace guildhall::console
