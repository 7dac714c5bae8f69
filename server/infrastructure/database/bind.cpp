// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/bind.h"

namespace guildhall::db {

Bind Bind::text(std::string_view name, QByteArray utf8)
{
    if (utf8.contains('\0'))
        utf8.replace(QByteArray(1, '\0'), QByteArray());
    Bind bind(name);
    bind.m_text = std::move(utf8);
    bind.m_state = State::Text;
    return bind;
}

void detail::appendQuoted(QByteArray &literal, const QByteArray &text)
{
    literal.reserve(literal.size() + text.size() + 2);
    literal.append('"');
    for (const char c : text) {
        if (c == '"' || c == '\\')
            literal.append('\\');
        literal.append(c);
    }
    literal.append('"');
}

} // namespace guildhall::db
