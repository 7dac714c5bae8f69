// SPDX-License-Identifier: GPL-3.0-or-later
#include "raw_client.h"

#include <QList>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace guildhall::test {

using namespace std::chrono_literals;

RawClient::RawClient(quint16 port, const char *from)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in local{};
    local.sin_family = AF_INET;
    ::inet_pton(AF_INET, from, &local.sin_addr);
    sockaddr_in remote = local;
    ::inet_pton(AF_INET, "127.0.0.1", &remote.sin_addr);
    remote.sin_port = htons(port);
    if (::bind(descriptor, reinterpret_cast<sockaddr *>(&local), sizeof local) == 0
        && ::connect(descriptor, reinterpret_cast<sockaddr *>(&remote), sizeof remote) == 0)
        m_descriptor = descriptor;
    else
        ::close(descriptor);
}

RawClient::~RawClient()
{
    close();
}

bool RawClient::send(const QByteArray &bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t size = ::send(m_descriptor, bytes.constData() + sent,
                                    size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (size <= 0)
            return false;
        sent += size;
    }
    return true;
}

void RawClient::finish()
{
    ::shutdown(m_descriptor, SHUT_WR);
}

void RawClient::vanish()
{
    const linger hard{1, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
}

void RawClient::close()
{
    if (const int descriptor = std::exchange(m_descriptor, -1); descriptor >= 0)
        ::close(descriptor);
}

bool RawClient::receive(std::chrono::milliseconds patience)
{
    pollfd waiting{m_descriptor, POLLIN, 0};
    if (m_ended || ::poll(&waiting, 1, int(patience.count())) <= 0)
        return false;
    std::array<char, 64 * 1024> bytes;
    const ssize_t size = ::recv(m_descriptor, bytes.data(), bytes.size(), 0);
    if (size <= 0) {
        m_ended = true;
        return false;
    }
    m_buffer.append(bytes.data(), size);
    return true;
}

RawClient::Answer RawClient::answer(bool toHead)
{
    Answer answer;
    qsizetype end = -1;
    while ((end = m_buffer.indexOf("\r\n\r\n")) < 0) {
        if (!receive(10s))
            return answer;
    }
    answer.head = m_buffer.left(end);
    const qsizetype start = end + 4;
    const qsizetype length = toHead ? 0 : answer.header("Content-Length").toLongLong();
    while (m_buffer.size() < start + length) {
        if (!receive(10s))
            return {};
    }
    answer.status = answer.head.mid(9, 3).toInt();
    answer.body = m_buffer.mid(start, length);
    m_buffer.remove(0, start + length);
    return answer;
}

QByteArray RawClient::untilEnd()
{
    while (receive(10s)) { }
    return std::exchange(m_buffer, {});
}

bool RawClient::ends(std::chrono::milliseconds patience)
{
    while (receive(patience)) { }
    return m_ended;
}

QByteArray RawClient::within(std::chrono::milliseconds patience)
{
    while (receive(patience)) { }
    return std::exchange(m_buffer, {});
}

QByteArray RawClient::Answer::header(const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

} // namespace guildhall::test
