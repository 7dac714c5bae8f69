// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// HTTP/1.1 request framing, strict: what two programs could read in two ways is refused. Pure
/// functions of the bytes, standard library only, so that a fuzzer can reach all of it.
/// @source RFC 9112 (framing), RFC 9110 5 (fields)
namespace guildhall::http {

/// A piece of the bytes that were parsed.
struct Span {
    uint32_t offset = 0;
    uint32_t length = 0;

    std::string_view in(std::string_view bytes) const { return bytes.substr(offset, length); }
};

struct HeadLimits {
    size_t requestLine = 8 * 1024; ///< bytes without the line end
    size_t headerBytes = 16 * 1024; ///< all header lines with their line ends
    size_t headerCount = 100;
};

enum class Progress {
    NeedMore,
    Done,
    Refused, ///< see status(); the connection cannot go on
};

/// Reads the head of one request, in as many pieces as it comes. Works on the buffer of the caller
/// and copies nothing: each call gets all bytes of the request so far, from its first one on.
class HeadParser {
public:
    struct Header {
        Span name; ///< as sent; names are compared without regard to case
        Span value; ///< without blanks around it
    };

    explicit HeadParser(HeadLimits limits = {})
        : m_limits(limits)
    { }

    /// Goes on where the last call stopped. Must not be called again after Done or Refused.
    Progress parse(std::string_view all);
    /// Makes it ready for the next request; keeps the memory.
    void reset();

    /// The HTTP status that says what is wrong; meaningful after Refused.
    int status() const { return m_status; }
    /// Whether a byte of a request has come; a blank line before it does not count.
    bool started() const { return m_started; }

    // What follows is meaningful after Done.

    /// Bytes of the head, the blank line included.
    size_t size() const { return m_line; }
    Span method() const { return m_method; }
    Span target() const { return m_target; }
    const std::vector<Header> &headers() const { return m_headers; }
    /// Length of the body, 0 when there is none or when it is chunked.
    uint64_t contentLength() const { return m_contentLength; }
    bool chunked() const { return m_chunked; }
    bool hasBody() const { return m_chunked || m_contentLength > 0; }
    /// The client waits for "100 Continue" before it sends the body.
    bool expectsContinue() const { return m_expectsContinue; }
    /// The connection ends with the answer: HTTP/1.0, or the client said so.
    bool closes() const { return m_closes || m_http10; }
    /// A well-formed wish to go on with WebSocket: GET without a body, both headers.
    bool wantsWebSocket() const;

private:
    enum class Part { RequestLine, Headers };

    bool takeLine(std::string_view all, std::string_view &line);
    Progress checkLimits(size_t end);
    Progress parseRequestLine(std::string_view all, std::string_view line);
    Progress parseHeader(std::string_view all, std::string_view line);
    Progress applyHeader(std::string_view name, std::string_view value);
    Progress applyContentLength(std::string_view value);
    Progress applyConnection(std::string_view value);
    Progress finish();
    Progress refuse(int status);

    HeadLimits m_limits;
    Part m_part = Part::RequestLine;
    size_t m_line = 0; ///< where the line that is being read starts
    size_t m_scanned = 0; ///< up to where its end was looked for
    size_t m_headersStart = 0;
    int m_status = 0;
    bool m_started = false;
    bool m_blankSkipped = false;

    Span m_method;
    Span m_target;
    std::vector<Header> m_headers;
    uint64_t m_contentLength = 0;
    int m_hosts = 0;
    int m_contentLengths = 0;
    int m_transferEncodings = 0;
    bool m_get = false;
    bool m_http10 = false;
    bool m_chunked = false;
    bool m_expectsContinue = false;
    bool m_closes = false;
    bool m_connectionUpgrade = false;
    bool m_upgradeWebSocket = false;
};

/// Takes the chunked coding off a body. Sizes are hexadecimal digits and nothing else; chunk
/// extensions and trailers, which nobody needs and proxies disagree about, are refused.
class ChunkDecoder {
public:
    struct Step {
        Progress progress = Progress::NeedMore;
        size_t consumed = 0; ///< bytes of the input that are done with
        std::string_view data; ///< body bytes among them; a part of the input
    };

    /// Takes a piece of the input. NeedMore with consumed > 0 means: call again with the rest.
    /// @param room how many more body bytes are welcome; a chunk that is larger is refused with 413
    Step decode(std::string_view input, uint64_t room);
    void reset() { *this = {}; }

    int status() const { return m_status; }

private:
    enum class State { Size, SizeEnd, Data, DataEnd, DataEndFeed, LastEnd, LastEndFeed };

    bool take(char byte, uint64_t room);
    bool takeSize(char byte);
    bool refuse(int status);

    State m_state = State::Size;
    int m_digits = 0;
    uint64_t m_left = 0; ///< of the chunk that is being read
    int m_status = 0;
    bool m_done = false;
};

/// Compares two names without regard to the case of ASCII letters.
bool sameName(std::string_view left, std::string_view right);

} // namespace guildhall::http
