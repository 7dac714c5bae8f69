// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPushButton;

namespace guildhall::console {

/// How a button stands out.
enum class ButtonKind {
    Primary, ///< what one is here for
    Danger, ///< takes something away for good
};

/// Works at any time; the style sheet reads the kind only when a button is polished.
void setButtonKind(QPushButton *button, ButtonKind kind);

} // namespace guildhall::console
