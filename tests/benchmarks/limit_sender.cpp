// SPDX-License-Identifier: GPL-3.0-or-later
// The least that fan-out can cost here: epoll, one frame made beforehand, one system call a client.
// The first connection is the one that commands: a byte of value k makes k frames go to each of the
// others, k = 1 by send(), more by one sendmsg() of k pieces, as a server that coalesces would.
#include "tests/benchmarks/arguments.h"
#include "tests/benchmarks/frame_counter.h"
#include "tests/benchmarks/sockets.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <vector>

using namespace guildhall::bench;

namespace {

void watch(int epoll, int fd)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    checked(::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

/// Accepted sockets stay blocking: a full one is waited for, and no frame is ever cut.
void acceptAll(int listener, std::vector<Descriptor> &clients)
{
    for (;;) {
        const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0 && errno == EAGAIN)
            return;
        clients.emplace_back(checked(fd, "accept4"));
        const int on = 1;
        checked(::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
    }
}

void sendToAll(const std::vector<Descriptor> &clients, std::string &frame, std::size_t copies)
{
    std::vector<iovec> pieces(copies, iovec{frame.data(), frame.size()});
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    for (std::size_t i = 1; i < clients.size(); ++i) {
        const ssize_t sent = copies == 1
            ? ::send(clients[i].get(), frame.data(), frame.size(), MSG_NOSIGNAL)
            : ::sendmsg(clients[i].get(), &message, MSG_NOSIGNAL);
        checked(static_cast<int>(sent), "send");
    }
}

void serve(std::string frame)
{
    const Descriptor listener = listenOnLoopback();
    const Descriptor epoll(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"));
    std::vector<Descriptor> clients;
    watch(epoll.get(), listener.get());
    std::printf("%u\n", unsigned(localPort(listener)));
    std::fflush(stdout);
    for (;;) {
        epoll_event event{};
        if (checked(::epoll_wait(epoll.get(), &event, 1, -1), "epoll_wait") == 0)
            continue;
        const bool isFirst = clients.empty();
        acceptAll(listener.get(), clients);
        if (isFirst && !clients.empty())
            watch(epoll.get(), clients.front().get());
        if (event.data.fd == listener.get())
            continue;
        unsigned char copies = 0;
        if (checked(static_cast<int>(::recv(event.data.fd, &copies, 1, 0)), "recv") == 0)
            return;
        sendToAll(clients, frame, copies);
    }
}

} // namespace

// --payload BYTES: the size of the event. Prints its port.
int main(int argc, char **argv)
{
    try {
        const Arguments arguments(argc, argv);
        raiseDescriptorLimit();
        serve(serverTextFrame(std::string(arguments.number("payload"), 'x')));
        return 0;
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "limit_sender: %s\n", problem.what());
        return 1;
    }
}
