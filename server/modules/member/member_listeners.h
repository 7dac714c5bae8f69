// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace guildhall {

struct Kernel;

/// What members do when somebody else changes something.
namespace memberListeners {

/// Makes a changed account a changed member of each of its guilds, in the same transaction: clients
/// keep names and avatars with the member. @thread main, before the threads start
void listen(const Kernel &kernel);

} // namespace memberListeners
} // namespace guildhall
