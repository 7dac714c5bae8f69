// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/http_exchange.h"

#include <strings.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <stdexcept>

namespace guildhall::bench {

namespace {

std::size_t contentLength(std::string_view head)
{
    constexpr std::string_view name = "content-length:";
    for (std::size_t at = 0; (at = head.find('\n', at)) != std::string_view::npos;) {
        const std::string_view line = head.substr(++at);
        if (line.size() < name.size() || ::strncasecmp(line.data(), name.data(), name.size()) != 0)
            continue;
        const std::string_view value = line.substr(line.find_first_not_of(' ', name.size()));
        std::size_t length = 0;
        if (std::from_chars(value.data(), value.data() + value.size(), length).ec == std::errc())
            return length;
    }
    throw std::runtime_error("an answer without a Content-Length");
}

} // namespace

HttpExchange::HttpExchange(std::uint16_t port)
    : m_socket(connectToLoopback(port))
{ }

void HttpExchange::start(std::string_view request)
{
    m_answer.clear();
    m_answerSize = 0;
    m_busy = true;
    sendAll(m_socket.get(), request);
}

bool HttpExchange::read()
{
    char buffer[65536];
    for (;;) {
        const ssize_t got = ::recv(m_socket.get(), buffer, sizeof buffer, 0);
        if (got < 0 && errno == EAGAIN)
            return false;
        checked(static_cast<int>(got), "recv");
        if (got == 0)
            throw std::runtime_error("the server closed a kept connection");
        m_answer.append(buffer, static_cast<std::size_t>(got));
        if (isComplete()) {
            m_busy = false;
            return true;
        }
    }
}

bool HttpExchange::isComplete()
{
    if (m_answerSize == 0) {
        const std::size_t end = m_answer.find("\r\n\r\n");
        if (end == std::string::npos)
            return false;
        const std::string_view head = std::string_view(m_answer).substr(0, end + 2);
        if (head.substr(0, 10) != "HTTP/1.1 2")
            throw std::runtime_error("answered: " + m_answer.substr(0, 2000));
        const bool isEmpty = head.substr(9, 3) == "204";
        m_answerSize = end + 4 + (isEmpty ? 0 : contentLength(head));
    }
    return m_answer.size() >= m_answerSize;
}

} // namespace guildhall::bench
