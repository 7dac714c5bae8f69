// SPDX-License-Identifier: GPL-3.0-or-later
// Checks that how the bytes are cut changes nothing, and that no payload is over the limit.
#include "server/gateway/realtime/frame_decoder.h"

#include <QByteArray>

#include <algorithm>
#include <cstdlib>
#include <vector>

using namespace guildhall::realtime;

namespace {

constexpr qsizetype limit = 300;

struct Found {
    Inbound::Kind kind;
    bool binary;
    quint16 code;
    QByteArray payload;
    friend bool operator==(const Found &, const Found &) = default;
};

void require(bool condition)
{
    if (!condition)
        std::abort();
}

std::vector<Found> decode(QByteArray bytes, size_t step)
{
    FrameDecoder decoder(limit);
    std::vector<Found> found;
    std::span<char> all(bytes.data(), size_t(bytes.size()));
    while (!all.empty()) {
        std::span<char> piece = all.first(std::min(step, all.size()));
        all = all.subspan(piece.size());
        for (;;) {
            const Inbound inbound = decoder.next(piece);
            if (inbound.kind == Inbound::Kind::Nothing)
                break;
            require(inbound.payload.size() <= limit);
            found.push_back(
                {inbound.kind, inbound.binary, inbound.code, inbound.payload.toByteArray()});
            if (inbound.kind == Inbound::Kind::Violation) {
                require(inbound.code == 1002 || inbound.code == 1007 || inbound.code == 4002);
                return found;
            }
        }
        require(piece.empty());
    }
    return found;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const std::vector<Found> whole = decode(bytes, SIZE_MAX);
    require(whole == decode(bytes, 1));
    require(whole == decode(bytes, 7));
    return 0;
}
