// SPDX-License-Identifier: GPL-3.0-or-later
// Checks that how the bytes are cut changes nothing, and that what is accepted is canonical.
#include "server/gateway/door/http_framing.h"

#include <algorithm>
#include <cstdlib>
#include <string>

using namespace guildhall::http;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

int verdict(HeadParser &parser, std::string_view bytes, size_t step)
{
    parser.reset();
    for (size_t size = std::min(step, bytes.size());; size = std::min(size + step, bytes.size())) {
        switch (parser.parse(bytes.substr(0, size))) {
        case Progress::Done:
            return 200;
        case Progress::Refused:
            return parser.status();
        case Progress::NeedMore:
            break;
        }
        if (size == bytes.size())
            return 0;
    }
}

/// An accepted request means the same when it is written down from its parts.
void checkAccepted(const HeadParser &parser, std::string_view bytes)
{
    require(parser.size() <= bytes.size());
    std::string again(parser.method().in(bytes));
    again += ' ';
    again += parser.target().in(bytes);
    again += " HTTP/1.1\r\n";
    bool host = false;
    for (const HeadParser::Header &header : parser.headers()) {
        again += header.name.in(bytes);
        again += ": ";
        again += header.value.in(bytes);
        again += "\r\n";
        host = host || sameName(header.name.in(bytes), "host");
    }
    again += host ? "\r\n" : "Host: a\r\n\r\n";
    HeadParser second({64 * 1024, 64 * 1024, 101});
    require(second.parse(again) == Progress::Done);
    require(second.size() == again.size());
    require(second.contentLength() == parser.contentLength());
    require(second.chunked() == parser.chunked());
    require(!(parser.chunked() && parser.contentLength() > 0));
}

struct Decoded {
    int status = 0;
    size_t used = 0;
    std::string body;
};

Decoded decode(std::string_view bytes, size_t step, uint64_t cap)
{
    ChunkDecoder decoder;
    Decoded result;
    for (size_t end = std::min(step, bytes.size()); result.used < bytes.size();) {
        const auto part = decoder.decode(bytes.substr(result.used, end - result.used),
                                         cap - result.body.size());
        require(part.consumed <= end - result.used);
        result.used += part.consumed;
        result.body += part.data;
        require(result.body.size() <= cap);
        if (part.progress != Progress::NeedMore) {
            result.status = part.progress == Progress::Done ? 200 : decoder.status();
            return result;
        }
        require(part.consumed > 0 || result.used == end);
        if (result.used == end)
            end = std::min(end + step, bytes.size());
    }
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const size_t step = 1 + data[0] % 61;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 1, size - 1);

    HeadParser parser({512, 2048, 20});
    const int inPieces = verdict(parser, bytes, step);
    const int atOnce = verdict(parser, bytes, std::max<size_t>(bytes.size(), 1));
    require(inPieces == atOnce);
    if (atOnce == 200)
        checkAccepted(parser, bytes);

    const Decoded whole = decode(bytes, std::max<size_t>(bytes.size(), 1), 300);
    const Decoded cut = decode(bytes, step, 300);
    require(whole.status == cut.status && whole.body == cut.body);
    require(whole.status != 200 || whole.used == cut.used);
    return 0;
}
