// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace guildhall::console {

/// Whether this process runs in a desktop made by runInDesktop().
bool isInDesktop();

/// Makes a desktop of its own (an X server in memory, a D-Bus session, an unlocked gnome-keyring,
/// an empty home), runs this program again in it, and takes everything down afterwards. Nothing of
/// the person's own desktop is seen or touched.
/// @return the exit code of the run; 1 when a part of the desktop is not installed
int runInDesktop(int argc, char *argv[]);

} // namespace guildhall::console
