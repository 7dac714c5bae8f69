// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string_view>

namespace guildhall {

/// Runs `work`, the outermost frame of a thread's job: whatever it throws becomes a log line that
/// begins with `what`, and the thread goes on.
/// @return whether `work` came to its end
/// @thread any
bool runGuarded(std::string_view what, const std::function<void()> &work) noexcept;

} // namespace guildhall
