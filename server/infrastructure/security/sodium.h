// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace guildhall {

/// Prepares libsodium, once per process; everything here that uses it calls this first.
/// Throws Fault when the system has no randomness to give. @thread any
void ensureSodium();

} // namespace guildhall
