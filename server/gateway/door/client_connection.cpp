// SPDX-License-Identifier: GPL-3.0-or-later
// What comes from the client: heads, decisions, bodies. The other direction is in
// client_connection_answers.cpp.
#include "server/gateway/door/client_connection.h"

#include "server/gateway/door/answer_bytes.h"
#include "server/gateway/door/capped_socket.h"
#include "server/gateway/door/front_door.h"
#include "server/gateway/door/upgrade_handler.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace guildhall {

using http::Progress;

namespace {

QByteArray bytesOf(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

QByteArray lowerCase(std::string_view name)
{
    QByteArray bytes = bytesOf(name);
    std::transform(bytes.cbegin(), bytes.cend(), bytes.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? char(byte + ('a' - 'A')) : byte;
    });
    return bytes;
}

} // namespace

ClientConnection::ClientConnection(FrontDoor &door, CappedSocket *socket)
    : m_door(door)
    , m_socket(socket)
    , m_parser(door.limits().head)
{
    connect(socket, &QTcpSocket::readyRead, this, &ClientConnection::advance);
    connect(socket, &QTcpSocket::bytesWritten, this, &ClientConnection::onBytesWritten);
    connect(socket, &QTcpSocket::disconnected, this, &ClientConnection::onDisconnected);
}

ClientConnection::~ClientConnection()
{
    if (m_ticket != 0)
        m_door.desk().abandon(m_ticket);
    if (m_socket) {
        m_socket->disconnect(this);
        delete m_socket;
    }
}

void ClientConnection::start()
{
    deadlineIn(m_door.limits().headerTime);
    advance();
}

/// Goes on as far as it can. Not recursive: a decision or an answer that comes while it runs only
/// changes the phase.
void ClientConnection::advance()
{
    if (m_advancing)
        return;
    const QScopedValueRollback<bool> guard(m_advancing, true);
    while (step()) { }
}

/// @return whether there may be more to do at once
bool ClientConnection::step()
{
    switch (m_phase) {
    case Phase::Head:
        return readHead();
    case Phase::Body:
        return readBody();
    case Phase::RefusedBody:
        return readRefusedBody();
    case Phase::Lingering:
        discard();
        return false;
    case Phase::Judged:
        return actOnDecision();
    case Phase::Handled:
    case Phase::Writing:
    case Phase::Gone:
        return false; // what has come waits in the socket
    }
    return false;
}

bool ClientConnection::readHead()
{
    const std::span<char> scratch = m_door.scratch();
    // Peeked: if it is an upgrade, the new owner reads the request again.
    const qint64 size = m_socket->peek(
        scratch.data(), std::min<qint64>(m_socket->bytesAvailable(), qint64(scratch.size())));
    if (size <= 0)
        return false;
    const std::string_view bytes(scratch.data(), size_t(size));
    const Progress progress = m_parser.parse(bytes);
    if (progress == Progress::Refused) {
        fail(m_parser.status());
        return true;
    }
    if (progress == Progress::NeedMore) {
        if (m_parser.started() && !std::exchange(m_headBegun, true) && !m_fresh)
            deadlineIn(m_door.limits().headerTime);
        return false;
    }
    m_headBegun = true;
    m_deadline = 0;
    m_head = headFrom(bytes);
    m_isHead = m_head.method == "HEAD";
    m_closeAfter = m_closeAfter || m_parser.closes();
    if (m_parser.wantsWebSocket() && m_door.upgrades() && !m_door.isDraining()
        && m_door.upgrades()->wants(m_head)) {
        handOver();
        return false;
    }
    m_socket->skip(qint64(m_parser.size()));
    judge();
    return true;
}

RequestHead ClientConnection::headFrom(std::string_view bytes) const
{
    RequestHead head;
    const std::string_view target = m_parser.target().in(bytes);
    const size_t question = target.find('?');
    head.method = bytesOf(m_parser.method().in(bytes));
    head.target = bytesOf(target);
    head.path
        = question == std::string_view::npos ? head.target : bytesOf(target.substr(0, question));
    if (question != std::string_view::npos)
        head.query = bytesOf(target.substr(question + 1));
    head.headers.reserve(qsizetype(m_parser.headers().size()));
    for (const http::HeadParser::Header &header : m_parser.headers())
        head.headers.emplaceBack(lowerCase(header.name.in(bytes)), bytesOf(header.value.in(bytes)));
    head.peer = m_socket->peerAddress();
    return head;
}

void ClientConnection::handOver()
{
    CappedSocket *socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    const RequestHead head = std::move(m_head);
    UpgradeHandler *upgrades = m_door.upgrades();
    m_phase = Phase::Gone;
    m_door.remove(this);
    upgrades->adopt(socket, head);
}

void ClientConnection::judge()
{
    m_phase = Phase::Judged;
    m_ticket = m_door.desk().open(*this, m_head);
}

void ClientConnection::admitted(Admission admission)
{
    m_admission = std::move(admission);
    advance();
}

/// Not done in admitted() itself: a handler that decides at once would be asked to handle the
/// request before its admit() has returned.
bool ClientConnection::actOnDecision()
{
    if (!m_admission)
        return false;
    Admission admission = *std::exchange(m_admission, std::nullopt);
    if (admission.refusal) {
        m_ticket = 0;
        refuse(std::move(*admission.refusal));
    } else if (m_parser.hasBody()) {
        readBodyFrom(admission);
    } else {
        submit();
    }
    return true;
}

/// A refused request still has its body in front of the next one.
void ClientConnection::refuse(Response refusal)
{
    if (!m_parser.hasBody()) {
        answerAlone(refusal);
        return;
    }
    const qint64 cap = m_door.limits().refusedBody;
    if (m_parser.expectsContinue() || m_closeAfter || m_parser.contentLength() > quint64(cap)) {
        m_closeAfter = true;
        answerAlone(refusal);
        return;
    }
    m_refusal = std::move(refusal);
    m_body.start(m_parser, cap);
    m_phase = Phase::RefusedBody;
    m_counterMark = 0;
    deadlineIn(m_door.limits().bodyTime);
}

void ClientConnection::readBodyFrom(const Admission &admission)
{
    if (m_parser.contentLength() > quint64(std::max<qint64>(admission.bodyCap, 0))) {
        fail(413);
        return;
    }
    if (m_parser.expectsContinue() && m_socket->bytesAvailable() == 0) {
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        m_socket->flush();
        if (m_phase == Phase::Gone)
            return;
    }
    m_body.start(m_parser, admission.bodyCap);
    m_sink.start(m_parser.chunked() ? quint64(admission.bodyCap) : m_parser.contentLength(),
                 m_door.bodyShareOf(m_head));
    m_phase = Phase::Body;
    m_counterMark = 0;
    deadlineIn(m_door.limits().bodyTime);
}

bool ClientConnection::readBody()
{
    switch (m_body.read(*m_socket, m_door.scratch(), m_sink)) {
    case Progress::NeedMore:
        return false;
    case Progress::Refused:
        fail(m_body.status());
        return true;
    case Progress::Done:
        submit();
        return true;
    }
    return false;
}

bool ClientConnection::readRefusedBody()
{
    class Nowhere final : public BodySink {
        bool take(std::string_view) override { return true; }
    } nowhere;
    const Progress progress = m_body.read(*m_socket, m_door.scratch(), nowhere);
    if (progress == Progress::NeedMore)
        return false;
    m_closeAfter = m_closeAfter || progress == Progress::Refused;
    answerAlone(*std::exchange(m_refusal, std::nullopt));
    return true;
}

/// Nothing that comes is wanted any more, and a client that goes on for long need not be listened
/// to.
void ClientConnection::discard()
{
    m_discarded += m_socket->skip(m_socket->bytesAvailable());
    if (m_discarded > m_door.limits().lingerBytes)
        m_socket->abort();
}

void ClientConnection::submit()
{
    m_deadline = 0;
    m_phase = Phase::Handled;
    MemorySink::Body body = m_sink.release();
    Request request{std::move(m_head), std::move(body.bytes), m_ticket, std::move(body.share)};
    if (m_door.desk().submit(std::move(request)))
        return;
    m_ticket = 0;
    fail(400);
}

} // namespace guildhall
