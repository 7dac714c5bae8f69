// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace guildhall {

/// What a thread does first and last, in itself: open and close its database session.
/// A fault in `setUp` is logged and the thread works on; whoever needs what it made finds out.
struct ThreadHooks {
    std::function<void()> setUp;
    std::function<void()> tearDown;
};

/// A thread that shows its name in ps, top and gdb (15 characters of it), with hooks around `body`.
std::thread startNamedThread(std::string name, ThreadHooks hooks, std::function<void()> body);

} // namespace guildhall
