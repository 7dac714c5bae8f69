// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/frame_counter.h"

#include <algorithm>
#include <stdexcept>

namespace guildhall::bench {

namespace {

constexpr unsigned char closeFrame = 0x88;
constexpr unsigned char textFrame = 0x81;

std::string textFrameHeader(std::size_t size, unsigned maskBit)
{
    if (size > 0xffff)
        throw std::invalid_argument("a frame of 64 KiB or more");
    std::string header(1, static_cast<char>(textFrame));
    if (size < 126) {
        header += static_cast<char>(maskBit | size);
    } else {
        header += static_cast<char>(maskBit | 126);
        header += static_cast<char>(size >> 8);
        header += static_cast<char>(size & 0xff);
    }
    return header;
}

} // namespace

std::size_t FrameCounter::headerSize() const
{
    if (m_headerBytes < 2 || m_header[1] < 126)
        return 2;
    return m_header[1] == 126 ? 4 : longestHeader;
}

void FrameCounter::readHeader()
{
    if (m_header[0] == closeFrame)
        throw std::runtime_error("the server closed a session");
    const std::size_t size = headerSize();
    m_payload = size == 2 ? m_header[1] : 0;
    for (std::size_t i = 2; i < size; ++i)
        m_payload = m_payload << 8 | m_header[i];
    m_missing = m_payload;
}

std::size_t FrameCounter::feed(std::string_view bytes)
{
    std::size_t completed = 0;
    while (!bytes.empty()) {
        if (m_missing == 0) {
            m_header[m_headerBytes++] = static_cast<unsigned char>(bytes.front());
            bytes.remove_prefix(1);
            if (m_headerBytes < headerSize())
                continue;
            readHeader();
            m_headerBytes = 0;
        } else {
            const auto taken = std::min<std::uint64_t>(m_missing, bytes.size());
            m_missing -= taken;
            bytes.remove_prefix(static_cast<std::size_t>(taken));
        }
        if (m_missing == 0)
            ++completed;
    }
    return completed;
}

std::string clientTextFrame(std::string_view payload)
{
    std::string frame = textFrameHeader(payload.size(), 0x80);
    frame.append(4, '\0');
    return frame.append(payload);
}

std::string serverTextFrame(std::string_view payload)
{
    return textFrameHeader(payload.size(), 0).append(payload);
}

} // namespace guildhall::bench
