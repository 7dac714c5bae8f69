// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/column_text.h"

namespace guildhall::db {

ArrayReader::ArrayReader(std::string_view literal)
    : m_valid(literal.size() >= 2 && literal.front() == '{' && literal.back() == '}')
{
    if (m_valid)
        m_rest = literal.substr(1, literal.size() - 2);
}

bool ArrayReader::next()
{
    if (!m_valid || (m_first && m_rest.empty()))
        return false;
    if (!m_first) {
        if (m_rest.empty())
            return false;
        m_valid = m_rest.front() == ',';
        m_rest.remove_prefix(1);
    }
    m_first = false;
    m_null = false;
    m_valid = m_valid && !m_rest.empty() && (m_rest.front() == '"' ? readQuoted() : readPlain());
    return m_valid;
}

bool ArrayReader::readQuoted()
{
    m_unescaped.clear();
    for (size_t i = 1; i < m_rest.size(); ++i) {
        if (m_rest[i] == '"') {
            m_element = m_unescaped;
            m_rest.remove_prefix(i + 1);
            return true;
        }
        if (m_rest[i] == '\\' && ++i == m_rest.size())
            break;
        m_unescaped.push_back(m_rest[i]);
    }
    return false;
}

bool ArrayReader::readPlain()
{
    if (m_rest.front() == '{') // an array of arrays
        return false;
    m_element = m_rest.substr(0, m_rest.find(','));
    m_rest.remove_prefix(m_element.size());
    m_null = m_element == "NULL";
    return true;
}

} // namespace guildhall::db
