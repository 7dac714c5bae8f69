// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/http_framing.h"
#include "server/gateway/door/http_grammar.h"

#include <algorithm>

namespace guildhall::http {

namespace {

/// Sizes up to 4 GiB - 1: far beyond any cap, and no overflow to think about.
constexpr int mostDigits = 8;

} // namespace

ChunkDecoder::Step ChunkDecoder::decode(std::string_view input, uint64_t room)
{
    Step step;
    while (step.consumed < input.size() && m_state != State::Data) {
        if (!take(input[step.consumed++], room)) {
            step.progress = Progress::Refused;
            return step;
        }
        if (m_done) {
            step.progress = Progress::Done;
            return step;
        }
    }
    if (m_state == State::Data) {
        const auto size = size_t(std::min<uint64_t>(m_left, input.size() - step.consumed));
        step.data = input.substr(step.consumed, size);
        step.consumed += size;
        m_left -= size;
        if (m_left == 0)
            m_state = State::DataEnd;
    }
    return step;
}

bool ChunkDecoder::take(char byte, uint64_t room)
{
    switch (m_state) {
    case State::Size:
        return takeSize(byte);
    case State::SizeEnd:
        if (byte != '\n')
            return refuse(400);
        m_state = m_left > 0 ? State::Data : State::LastEnd;
        return m_left <= room || refuse(413);
    case State::DataEnd:
    case State::LastEnd:
        if (byte != '\r')
            return refuse(400);
        m_state = m_state == State::DataEnd ? State::DataEndFeed : State::LastEndFeed;
        return true;
    case State::DataEndFeed:
        m_state = State::Size;
        m_digits = 0;
        return byte == '\n' || refuse(400);
    case State::LastEndFeed:
        m_done = true;
        return byte == '\n' || refuse(400);
    case State::Data:
        break;
    }
    return refuse(400);
}

bool ChunkDecoder::takeSize(char byte)
{
    if (byte == '\r' && m_digits > 0) {
        m_state = State::SizeEnd;
        return true;
    }
    const int digit = grammar::hexDigit(byte);
    if (digit < 0 || ++m_digits > mostDigits)
        return refuse(400);
    m_left = m_left * 16 + uint64_t(digit);
    return true;
}

bool ChunkDecoder::refuse(int status)
{
    m_status = status;
    return false;
}

} // namespace guildhall::http
