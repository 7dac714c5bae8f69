// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/password_prompt.h"

#include "server/infrastructure/fault.h"

#include <QTextStream>

#include <termios.h>
#include <unistd.h>

#include <cstdio>

namespace guildhall {

namespace {

/// A terminal that shows nothing of what is typed, until this ends.
class SilentTerminal {
public:
    SilentTerminal()
    {
        ::tcgetattr(STDIN_FILENO, &m_usual);
        termios silent = m_usual;
        silent.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_usual); }
    Q_DISABLE_COPY_MOVE(SilentTerminal)

private:
    termios m_usual{};
};

QString ask(QTextStream &input, const char *question)
{
    std::fputs(question, stderr);
    QString line = input.readLine();
    std::fputs("\n", stderr); // the one that was typed is not shown either
    return line;
}

} // namespace

Secret<QString> readPassword()
{
    QTextStream input(stdin);
    if (::isatty(STDIN_FILENO) == 0)
        return Secret<QString>(input.readLine());
    const SilentTerminal silence;
    QString password = ask(input, "Password: ");
    if (ask(input, "Once more: ") != password)
        throw Fault("the two passwords differ; nothing was changed");
    return Secret<QString>(std::move(password));
}

} // namespace guildhall
