// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::bench {

/// Counts the WebSocket frames of a server by their headers; what is in them is not looked at, so
/// that the client costs little beside the server.
class FrameCounter {
public:
    /// Takes what was received; returns how many frames it completed. Throws std::runtime_error
    /// on a close frame: no session may end while something is measured.
    std::size_t feed(std::string_view bytes);

    /// Bytes of payload of the newest complete frame.
    std::uint64_t lastPayload() const { return m_payload; }

private:
    static constexpr std::size_t longestHeader = 10;

    std::size_t headerSize() const;
    void readHeader();

    unsigned char m_header[longestHeader]{};
    std::size_t m_headerBytes = 0;
    std::uint64_t m_payload = 0;
    std::uint64_t m_missing = 0; ///< bytes of payload still to come
};

/// A client's text frame. Its mask is zero, which RFC 6455 does not forbid and which costs nothing.
/// `payload` must be shorter than 64 KiB.
std::string clientTextFrame(std::string_view payload);

/// A server's text frame, unmasked. `payload` must be shorter than 64 KiB.
std::string serverTextFrame(std::string_view payload);

} // namespace guildhall::bench
