// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_env_file.h"

#include <QList>
#include <QStringDecoder>

#include <optional>

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

bool isNameCharacter(QChar c)
{
    return c == u'_' || (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z')
        || (c >= u'0' && c <= u'9');
}

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t';
}

/// Reads one line from left to right.
class LineReader {
public:
    LineReader(QStringView text, int line, EnvFile &file)
        : m_text(text)
        , m_line(line)
        , m_file(file)
    { }

    void read()
    {
        skipBlanks();
        if (atEnd() || peek() == u'#')
            return;
        skipExport();
        const qsizetype nameBegin = m_at;
        while (!atEnd() && isNameCharacter(peek()))
            ++m_at;
        const QStringView name = m_text.sliced(nameBegin, m_at - nameBegin);
        skipBlanks();
        if (name.isEmpty() || name.front().isDigit() || atEnd() || peek() != u'=') {
            mistake(m_at, u"this is no NAME=value"_s);
            return;
        }
        ++m_at;
        skipBlanks();
        const qsizetype valueBegin = m_at;
        if (const auto value = readValue())
            m_file.entries.push_back(
                {name.toString(), *value, m_line, int(nameBegin) + 1, int(valueBegin) + 1});
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    QChar peek() const { return m_text.at(m_at); }

    void skipBlanks()
    {
        while (!atEnd() && isBlank(peek()))
            ++m_at;
    }

    void skipExport()
    {
        const QStringView rest = m_text.sliced(m_at);
        if (rest.startsWith(u"export"_s) && rest.size() > 6 && isBlank(rest.at(6))) {
            m_at += 6;
            skipBlanks();
        }
    }

    std::optional<QString> readValue()
    {
        if (!atEnd() && (peek() == u'\'' || peek() == u'"'))
            return readQuoted(peek());
        qsizetype end = m_at;
        while (end < m_text.size()
               && !(m_text.at(end) == u'#' && (end == m_at || isBlank(m_text.at(end - 1)))))
            ++end;
        return m_text.sliced(m_at, end - m_at).trimmed().toString();
    }

    std::optional<QString> readQuoted(QChar quote)
    {
        const qsizetype begin = m_at++;
        QString value;
        while (!atEnd() && peek() != quote) {
            if (quote == u'"' && peek() == u'\\' && m_at + 1 < m_text.size())
                value += readEscape();
            else
                value += m_text.at(m_at++);
        }
        if (atEnd()) {
            mistake(begin, u"the quote is not closed on this line"_s);
            return std::nullopt;
        }
        ++m_at;
        skipBlanks();
        if (!atEnd() && peek() != u'#') {
            mistake(m_at, u"nothing but a comment may follow the closing quote"_s);
            return std::nullopt;
        }
        return value;
    }

    /// What is no escape, as in "C:\\Users", stays with its backslash.
    QString readEscape()
    {
        const QChar escaped = m_text.at(m_at + 1);
        m_at += 2;
        switch (escaped.unicode()) {
        case u'n':
            return u"\n"_s;
        case u'r':
            return u"\r"_s;
        case u't':
            return u"\t"_s;
        case u'"':
        case u'\\':
        case u'$':
            return escaped;
        default:
            return u"\\"_s + escaped;
        }
    }

    void mistake(qsizetype at, const QString &text)
    {
        m_file.mistakes.push_back({m_line, int(at) + 1, text});
    }

    const QStringView m_text;
    const int m_line;
    EnvFile &m_file;
    qsizetype m_at = 0;
};

} // namespace

EnvFile parseEnvFile(const QByteArray &utf8)
{
    EnvFile file;
    int line = 0;
    for (QByteArray bytes : utf8.split('\n')) {
        ++line;
        if (line == 1 && bytes.startsWith("\xef\xbb\xbf"))
            bytes.remove(0, 3);
        if (bytes.endsWith('\r'))
            bytes.chop(1);
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decoder(bytes);
        if (decoder.hasError() || text.contains(QChar(u'\0')))
            file.mistakes.push_back({line, 1, u"this line is not UTF-8 text"_s});
        else
            LineReader(text, line, file).read();
    }
    return file;
}

} // namespace guildhall
