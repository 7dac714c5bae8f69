// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/print.h"

#include <cstdio>

namespace guildhall {

void print(const QString &line)
{
    std::fprintf(stdout, "%s\n", qPrintable(line));
    std::fflush(stdout);
}

void printError(const QString &line)
{
    std::fprintf(stderr, "%s\n", qPrintable(line));
}

} // namespace guildhall
