// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/secret.h"

#include <QString>

namespace guildhall {

/// A password from standard input: its first line, or, at a terminal, what is typed twice without
/// being shown. @throws Fault when the two differ, or nothing came  @thread main (blocks)
Secret<QString> readPassword();

} // namespace guildhall
