// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/sockets.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace guildhall::bench {

namespace {

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

} // namespace

Descriptor::~Descriptor()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Descriptor::Descriptor(Descriptor &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{ }

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    return *this;
}

int checked(int result, const char *what)
{
    if (result < 0)
        throw std::system_error(errno, std::generic_category(), what);
    return result;
}

Descriptor connectToLoopback(std::uint16_t port)
{
    Descriptor socket(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    const sockaddr_in address = loopback(port);
    checked(::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address),
            "connect");
    const int on = 1;
    checked(::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
    checked(::fcntl(socket.get(), F_SETFL, O_NONBLOCK), "O_NONBLOCK");
    return socket;
}

Descriptor listenOnLoopback()
{
    Descriptor socket(
        checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), "socket"));
    const sockaddr_in address = loopback(0);
    checked(::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address),
            "bind");
    checked(::listen(socket.get(), 4096), "listen");
    return socket;
}

std::uint16_t localPort(const Descriptor &socket)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    checked(::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&address), &size),
            "getsockname");
    return ntohs(address.sin_port);
}

void sendAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN) {
            pollfd wait{fd, POLLOUT, 0};
            checked(::poll(&wait, 1, 10000), "poll");
        } else if (errno != EINTR) {
            checked(-1, "send");
        }
    }
}

void raiseDescriptorLimit()
{
    rlimit limit{};
    checked(::getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    checked(::setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

std::string readFile(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace guildhall::bench
