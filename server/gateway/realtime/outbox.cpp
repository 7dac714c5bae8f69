// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/outbox.h"

#include "server/gateway/realtime/deflate_stream.h"

#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace guildhall::realtime {

namespace {

constexpr size_t maxPieces = 64;
constexpr char closingBrace[] = "}";

/// @return bytes the kernel took, 0 when it takes none now, -1 when the connection is gone
ssize_t sendPieces(int descriptor, std::span<iovec> pieces)
{
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    for (;;) {
        const ssize_t sent = ::sendmsg(descriptor, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0)
            return sent;
        if (errno == EINTR)
            continue;
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ? 0 : -1;
    }
}

QueuedFrame makeDeflatedFrame(const Outgoing &item, quint64 sequence, DeflateStream &deflate)
{
    if (item.kind == Outgoing::Kind::Frame)
        return {item.body, {}, false};
    QueuedFrame frame;
    if (item.kind == Outgoing::Kind::Dispatch) {
        char prefix[128];
        const size_t size = writeDispatchPrefix(prefix, item.name, sequence);
        frame.body = deflate.compress(
            {QByteArrayView(prefix, qsizetype(size)), item.body, QByteArrayView(closingBrace, 1)});
    } else {
        frame.body = deflate.compress({item.body});
    }
    char header[maxFrameHeader];
    const size_t size = writeFrameHeader(header, FrameType::Binary, quint64(frame.body.size()));
    frame.head = QByteArray(header, qsizetype(size));
    return frame;
}

} // namespace

struct Outbox::Backlog {
    std::deque<QueuedFrame> frames;
    qsizetype bytes = 0; ///< of all frames, less what was sent of the first
    qsizetype sentOfFirst = 0;
    qsizetype allowedBytes = 0;
    qsizetype allowedMessages = 0;

    size_t layOut(std::array<iovec, maxPieces> &pieces) const;
    void consume(qsizetype sent);
};

size_t Outbox::Backlog::layOut(std::array<iovec, maxPieces> &pieces) const
{
    size_t count = 0;
    qsizetype skip = sentOfFirst;
    const auto put = [&](const char *data, qsizetype size) {
        const qsizetype skipped = qMin(skip, size);
        skip -= skipped;
        if (size > skipped)
            pieces[count++] = {const_cast<char *>(data + skipped), size_t(size - skipped)};
    };
    for (const QueuedFrame &frame : frames) {
        if (count + 3 > pieces.size())
            break;
        put(frame.head.constData(), frame.head.size());
        put(frame.body.constData(), frame.body.size());
        if (frame.closingBrace)
            put(closingBrace, 1);
    }
    return count;
}

void Outbox::Backlog::consume(qsizetype sent)
{
    bytes -= sent;
    sentOfFirst += sent;
    while (!frames.empty() && sentOfFirst >= frames.front().size()) {
        sentOfFirst -= frames.front().size();
        frames.pop_front();
    }
}

Outbox::Outbox() = default;
Outbox::~Outbox() = default;

Outbox::Result Outbox::flush(int descriptor, Tools tools, quint64 lastSequence,
                             DeflateStream *deflate)
{
    if (m_stagedCount == 0)
        return m_backlog ? Result::Blocked : Result::Done;
    const quint64 firstSequence = lastSequence - m_stagedDispatches + 1;
    tools.traffic.dispatches += m_stagedDispatches;
    Result result = Result::Done;
    if (!m_backlog && deflate == nullptr) {
        result = sendStaged(descriptor, tools, firstSequence);
    } else {
        const bool waited = m_backlog != nullptr;
        queueStaged(tools, firstSequence, 0, deflate);
        // What waited before still waits for the socket; another attempt would only cost a call.
        result = waited ? Result::Blocked : sendBacklog(descriptor, tools.traffic);
    }
    m_stagedCount = 0;
    m_stagedDispatches = 0;
    return result == Result::Blocked && isOver(tools.limits) ? Result::Overflow : result;
}

Outbox::Result Outbox::sendStaged(int descriptor, Tools tools, quint64 firstSequence)
{
    tools.writer.begin();
    quint64 sequence = firstSequence;
    for (size_t i = 0; i < m_stagedCount; ++i) {
        const Outgoing &item = tools.table[m_staged[i]];
        tools.writer.add(item, sequence);
        if (item.kind == Outgoing::Kind::Dispatch)
            ++sequence;
    }
    const ssize_t sent = sendPieces(descriptor, tools.writer.finish());
    if (sent < 0)
        return Result::Broken;
    tools.traffic.bytes += quint64(sent);
    if (size_t(sent) == tools.writer.size())
        return Result::Done;
    queueStaged(tools, firstSequence, size_t(sent), nullptr);
    return Result::Blocked;
}

void Outbox::queueStaged(Tools tools, quint64 firstSequence, size_t alreadySent,
                         DeflateStream *deflate)
{
    quint64 sequence = firstSequence;
    size_t begin = 0;
    for (size_t i = 0; i < m_stagedCount; ++i) {
        const Outgoing &item = tools.table[m_staged[i]];
        const quint64 s = item.kind == Outgoing::Kind::Dispatch ? sequence++ : 0;
        const size_t end = alreadySent > 0 ? tools.writer.endOf(i) : 1;
        if (end > alreadySent) {
            push(deflate != nullptr ? makeDeflatedFrame(item, s, *deflate) : makeFrame(item, s));
            if (alreadySent > begin) {
                m_backlog->sentOfFirst = qsizetype(alreadySent - begin);
                m_backlog->bytes -= m_backlog->sentOfFirst;
            }
        }
        begin = end;
    }
}

Outbox::Result Outbox::sendBacklog(int descriptor, Traffic &traffic)
{
    while (m_backlog && !m_backlog->frames.empty()) {
        std::array<iovec, maxPieces> pieces;
        const size_t count = m_backlog->layOut(pieces);
        const ssize_t sent = sendPieces(descriptor, std::span(pieces).first(count));
        if (sent < 0)
            return Result::Broken;
        if (sent == 0)
            return Result::Blocked;
        traffic.bytes += quint64(sent);
        m_backlog->consume(qsizetype(sent));
    }
    m_backlog.reset();
    return Result::Done;
}

void Outbox::setBulk(bool bulk)
{
    m_bulk = bulk;
    if (bulk || !m_backlog)
        return;
    m_backlog->allowedBytes = m_backlog->bytes;
    m_backlog->allowedMessages = qsizetype(m_backlog->frames.size());
}

size_t Outbox::dropUnsent()
{
    size_t dropped = std::exchange(m_stagedCount, quint8(0));
    m_stagedDispatches = 0;
    if (!m_backlog)
        return dropped;
    const size_t kept = m_backlog->sentOfFirst > 0 ? 1 : 0;
    while (m_backlog->frames.size() > kept) {
        m_backlog->bytes -= m_backlog->frames.back().size();
        m_backlog->frames.pop_back();
        ++dropped;
    }
    m_backlog->frames.shrink_to_fit();
    return dropped;
}

void Outbox::append(QByteArray frame)
{
    push({std::move(frame), {}, false});
}

void Outbox::push(QueuedFrame frame)
{
    if (!m_backlog)
        m_backlog = std::make_unique<Backlog>();
    m_backlog->bytes += frame.size();
    m_backlog->frames.push_back(std::move(frame));
}

bool Outbox::isOver(Limits limits) const
{
    return m_backlog && !m_bulk
        && (m_backlog->bytes > limits.bytes + m_backlog->allowedBytes
            || qsizetype(m_backlog->frames.size()) > limits.messages + m_backlog->allowedMessages);
}

qsizetype Outbox::backlogBytes() const
{
    return m_backlog ? m_backlog->bytes : 0;
}

} // namespace guildhall::realtime
