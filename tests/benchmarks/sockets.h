// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::bench {

/// An open descriptor, closed with the object.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd)
        : m_fd(fd)
    { }
    ~Descriptor();
    Descriptor(Descriptor &&other) noexcept;
    Descriptor &operator=(Descriptor &&other) noexcept;

    int get() const { return m_fd; }

private:
    int m_fd = -1;
};

/// Throws std::system_error with `what` when a system call gave a negative result; else returns it.
int checked(int result, const char *what);

/// A connected, non-blocking socket without Nagle's delay. Throws std::system_error.
Descriptor connectToLoopback(std::uint16_t port);

/// A non-blocking listening socket on 127.0.0.1, on a port of the kernel's choice.
Descriptor listenOnLoopback();
std::uint16_t localPort(const Descriptor &socket);

/// Writes everything, waiting for room if need be. Throws std::system_error.
void sendAll(int fd, std::string_view bytes);

/// Asks for as many descriptors as this process may have.
void raiseDescriptorLimit();

/// The whole file; throws std::runtime_error.
std::string readFile(const std::string &path);

} // namespace guildhall::bench
