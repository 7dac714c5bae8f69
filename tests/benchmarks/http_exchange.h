// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/sockets.h"

#include <string>
#include <string_view>

namespace guildhall::bench {

/// A kept connection that sends the same bytes as its request again and again, one at a time.
class HttpExchange {
public:
    explicit HttpExchange(std::uint16_t port);

    int descriptor() const { return m_socket.get(); }
    bool isBusy() const { return m_busy; }

    /// Sends a request; the answer to the one before must be complete.
    void start(std::string_view request);
    /// Reads what is there; true when the answer is complete. Throws std::runtime_error when the
    /// connection ended, or the answer is not a 2xx with a Content-Length (or a 204).
    bool read();

private:
    bool isComplete();

    Descriptor m_socket;
    std::string m_answer;
    std::size_t m_answerSize = 0; ///< 0: the headers are not complete
    bool m_busy = false;
};

} // namespace guildhall::bench
