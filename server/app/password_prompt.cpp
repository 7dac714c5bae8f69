// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/password_prompt.h"

#include "server/infrastructure/fault.h"

#include <QTextStream>

#include <bsd/readpassphrase.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace guildhall {

namespace {

/// Longer than any password may be.
constexpr size_t longestLine = 4096;

/// The terminal is as it was before also when the question is interrupted.
QString ask(const char *question)
{
    std::array<char, longestLine> line{};
    if (!::readpassphrase(question, line.data(), line.size(), RPP_ECHO_OFF))
        throw Fault("no password was typed; nothing was changed");
    QString typed = QString::fromLocal8Bit(line.data());
    ::sodium_memzero(line.data(), line.size());
    return typed;
}

} // namespace

Secret<QString> readPassword()
{
    if (::isatty(STDIN_FILENO) == 0)
        return Secret<QString>(QTextStream(stdin).readLine());
    QString password = ask("Password: ");
    if (ask("Once more: ") != password)
        throw Fault("the two passwords differ; nothing was changed");
    return Secret<QString>(std::move(password));
}

} // namespace guildhall
