// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/websocket_frame.h"

#include <QByteArray>
#include <QTcpSocket>

#include <chrono>
#include <optional>

namespace guildhall::test {

/// A blocking WebSocket client that sends whatever bytes it is told to, right or wrong.
class RawGateway {
public:
    using FrameType = realtime::FrameType;
    struct Frame {
        int first = -1; ///< the first byte: FIN, RSV and opcode; -1: none came
        QByteArray payload;

        bool isClose() const { return first == 0x88; }
        int closeCode() const;
    };

    /// Connects and does the handshake. @param behind sent in one packet with the handshake
    explicit RawGateway(quint16 port, const QByteArray &behind = {});

    bool isOpen() const { return m_open; }
    QTcpSocket &socket() { return m_socket; }

    static QByteArray encode(int firstByte, const QByteArray &payload, bool masked = true);
    bool send(const QByteArray &bytes);
    bool sendText(const QByteArray &payload) { return send(encode(0x81, payload)); }

    /// The next frame. @param wait for its beginning
    Frame read(std::chrono::milliseconds wait = std::chrono::seconds(10));
    /// Reads on until a frame like that came; what is between is forgotten.
    Frame readUntil(int firstByte);
    /// Reads on until the close frame: its code. 0: none came before the connection ended.
    int closeCode();
    /// Whether the server ends the connection.
    bool ends(std::chrono::milliseconds wait = std::chrono::seconds(10));

private:
    std::optional<Frame> takeFrame();

    QTcpSocket m_socket;
    QByteArray m_buffer;
    bool m_open = false;
};

} // namespace guildhall::test
