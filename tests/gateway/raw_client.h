// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>

namespace guildhall::test {

/// A blocking socket that says exactly what it is told to, and nothing else.
class RawClient {
public:
    /// @param from the local address, for peers that do not count as one
    explicit RawClient(quint16 port, const char *from = "127.0.0.1");
    ~RawClient();
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    bool isConnected() const { return m_descriptor >= 0; }
    /// @return whether all of it was taken
    bool send(const QByteArray &bytes);
    /// Says that nothing more will be sent; goes on listening.
    void finish();
    /// Sends a reset instead of a proper end.
    void vanish();
    void close();

    struct Answer {
        int status = 0; ///< 0: none came
        QByteArray head; ///< with its status line, without the blank line
        QByteArray body;

        QByteArray header(const QByteArray &name) const;
    };
    /// One answer, as its Content-Length says. @param toHead its body is not expected
    Answer answer(bool toHead = false);
    /// All that comes until the other side ends, or the patience does.
    QByteArray untilEnd();
    /// Whether the other side has ended, in the given time.
    bool ends(std::chrono::milliseconds patience = std::chrono::seconds(10));
    /// Bytes that are there within the given time.
    QByteArray within(std::chrono::milliseconds patience);

private:
    bool receive(std::chrono::milliseconds patience);

    int m_descriptor = -1;
    bool m_ended = false;
    QByteArray m_buffer;
};

} // namespace guildhall::test
