// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/sodium.h"

#include "server/infrastructure/fault.h"

#include <sodium.h>

namespace guildhall {

void ensureSodium()
{
    static const int outcome = sodium_init();
    if (outcome < 0)
        throw Fault("libsodium cannot be initialised");
}

} // namespace guildhall
