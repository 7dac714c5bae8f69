// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/http_framing.h"
#include "server/gateway/door/http_grammar.h"

#include <algorithm>

namespace guildhall::http {

namespace {

constexpr std::string_view lineEnd = "\r\n";
constexpr size_t longestMethod = 32;

Span spanOf(std::string_view all, std::string_view part)
{
    return {uint32_t(part.data() - all.data()), uint32_t(part.size())};
}

} // namespace

Progress HeadParser::parse(std::string_view all)
{
    std::string_view line;
    while (takeLine(all, line)) {
        Progress progress = Progress::NeedMore;
        if (m_part == Part::RequestLine)
            progress = parseRequestLine(all, line);
        else
            progress = line.empty() ? finish() : parseHeader(all, line);
        if (progress != Progress::NeedMore)
            return progress;
    }
    if (m_status != 0)
        return Progress::Refused;
    m_started = m_started || all.size() > m_line;
    return checkLimits(all.size());
}

/// Refuses a head that has grown too large when it reaches up to `end`.
Progress HeadParser::checkLimits(size_t end)
{
    if (m_part == Part::RequestLine)
        return end - m_line > m_limits.requestLine + lineEnd.size() ? refuse(414)
                                                                    : Progress::NeedMore;
    return end - m_headersStart > m_limits.headerBytes + lineEnd.size() ? refuse(431)
                                                                        : Progress::NeedMore;
}

void HeadParser::reset()
{
    std::vector<Header> memory = std::move(m_headers);
    memory.clear();
    *this = HeadParser(m_limits);
    m_headers = std::move(memory);
}

/// Cuts the next whole line off. A line feed must follow a carriage return; a carriage return that
/// stands alone stays in the line, where no grammar takes it.
bool HeadParser::takeLine(std::string_view all, std::string_view &line)
{
    const size_t feed = all.find('\n', std::max(m_line, m_scanned));
    if (feed == std::string_view::npos) {
        m_scanned = all.size();
        return false;
    }
    // The size is judged first, as it is when the bytes come one by one.
    if (checkLimits(feed + 1) == Progress::Refused)
        return false;
    if (feed == m_line || all[feed - 1] != '\r') {
        refuse(400);
        return false;
    }
    line = all.substr(m_line, feed - 1 - m_line);
    m_line = feed + 1;
    m_scanned = m_line;
    return true;
}

Progress HeadParser::parseRequestLine(std::string_view all, std::string_view line)
{
    if (line.empty() && !m_blankSkipped) { // RFC 9112 2.2 wants one tolerated
        m_blankSkipped = true;
        return Progress::NeedMore;
    }
    m_started = true;
    const size_t first = line.find(' ');
    const size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return refuse(400);
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);

    if (method.size() > longestMethod || !grammar::isToken(method) || !grammar::isTarget(target)
        || !grammar::isVersion(version))
        return refuse(400);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return refuse(505);
    m_http10 = version == "HTTP/1.0";
    m_get = method == "GET";
    m_method = spanOf(all, method);
    m_target = spanOf(all, target);
    m_part = Part::Headers;
    m_headersStart = m_line;
    return Progress::NeedMore;
}

Progress HeadParser::parseHeader(std::string_view all, std::string_view line)
{
    if (m_headers.size() >= m_limits.headerCount)
        return refuse(431);
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return refuse(400);
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = grammar::trimmed(line.substr(colon + 1));
    // A blank before the colon, or at the start of the line (folding), is not a token.
    if (!grammar::isToken(name) || !grammar::isFieldValue(value))
        return refuse(400);
    m_headers.push_back({spanOf(all, name), spanOf(all, value)});
    return applyHeader(name, value);
}

Progress HeadParser::applyHeader(std::string_view name, std::string_view value)
{
    if (sameName(name, "host")) {
        ++m_hosts;
        return grammar::isHost(value) ? Progress::NeedMore : refuse(400);
    }
    if (sameName(name, "content-length"))
        return applyContentLength(value);
    if (sameName(name, "connection"))
        return applyConnection(value);
    if (sameName(name, "transfer-encoding")) {
        ++m_transferEncodings;
        m_chunked = sameName(value, "chunked");
        return m_chunked || m_transferEncodings > 1 ? Progress::NeedMore : refuse(501);
    }
    if (sameName(name, "content-encoding"))
        return sameName(value, "identity") ? Progress::NeedMore : refuse(415);
    if (sameName(name, "expect")) {
        m_expectsContinue = sameName(value, "100-continue");
        return m_expectsContinue ? Progress::NeedMore : refuse(417);
    }
    if (sameName(name, "upgrade"))
        m_upgradeWebSocket = sameName(value, "websocket");
    return Progress::NeedMore;
}

Progress HeadParser::applyContentLength(std::string_view value)
{
    const auto length = grammar::decimal(value);
    if (!length || ++m_contentLengths > 1)
        return refuse(400);
    m_contentLength = *length;
    return Progress::NeedMore;
}

Progress HeadParser::applyConnection(std::string_view value)
{
    while (!value.empty()) {
        const size_t comma = std::min(value.find(','), value.size());
        const std::string_view option = grammar::trimmed(value.substr(0, comma));
        m_closes = m_closes || sameName(option, "close");
        m_connectionUpgrade = m_connectionUpgrade || sameName(option, "upgrade");
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return Progress::NeedMore;
}

Progress HeadParser::finish()
{
    if (m_hosts > 1 || (m_hosts == 0 && !m_http10))
        return refuse(400);
    if (m_transferEncodings > 1 || (m_transferEncodings == 1 && (m_contentLengths > 0 || m_http10)))
        return refuse(400);
    m_expectsContinue = m_expectsContinue && hasBody() && !m_http10; // RFC 9110 10.1.1
    return Progress::Done;
}

bool HeadParser::wantsWebSocket() const
{
    return m_get && !m_http10 && !hasBody() && m_connectionUpgrade && m_upgradeWebSocket;
}

Progress HeadParser::refuse(int status)
{
    m_status = status;
    return Progress::Refused;
}

} // namespace guildhall::http
