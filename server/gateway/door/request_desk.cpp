// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/request_desk.h"

#include "server/gateway/door/answer_bytes.h"
#include "server/gateway/door/client_connection.h"
#include "server/gateway/door/door_socket.h"

#include <QLoggingCategory>

#include <exception>
#include <utility>

namespace guildhall {

namespace {

/// More are kept only while they are in use.
constexpr size_t mostFreeSockets = 256;

/// What QtHttpServer is told of a request: its first line and the ticket, under which the adapter
/// finds the rest. Headers and body stay here, because QtHttpServer copies a body more than once
/// and loses all headers when there are more than it likes.
QByteArray announcement(const RequestHead &head, quint64 ticket)
{
    QByteArray bytes;
    bytes.reserve(head.method.size() + head.target.size() + 64);
    bytes += head.method;
    bytes += ' ';
    bytes += head.target;
    bytes += " HTTP/1.1\r\nHost: guildhall\r\nTicket: ";
    bytes += QByteArray::number(ticket);
    bytes += "\r\n\r\n";
    return bytes;
}

} // namespace

RequestDesk::RequestDesk(RequestHandler &handler, std::function<DoorSocket *()> introduce)
    : m_handler(handler)
    , m_introduce(std::move(introduce))
    , m_self(std::make_shared<RequestDesk *>(this))
{ }

RequestDesk::~RequestDesk()
{
    for (const auto &[ticket, entry] : m_entries) {
        if (entry.socket)
            entry.socket->retire();
    }
    for (DoorSocket *socket : m_free)
        socket->retire();
}

quint64 RequestDesk::open(ClientConnection &connection, const RequestHead &head)
{
    const quint64 ticket = ++m_lastTicket;
    m_entries[ticket].connection = &connection;
    auto decided = [self = std::weak_ptr(m_self), ticket](Admission admission) {
        if (const auto desk = self.lock())
            (*desk)->decide(ticket, std::move(admission));
    };
    try {
        m_handler.admit(ticket, head, std::move(decided));
    } catch (const std::exception &fault) {
        qWarning("Admission of a request failed: %s", fault.what());
        decide(ticket, {errorResponse(500), 0});
    }
    return ticket;
}

void RequestDesk::decide(quint64 ticket, Admission admission)
{
    const auto it = m_entries.find(ticket);
    if (it == m_entries.end() || it->second.admitted)
        return;
    ClientConnection *connection = it->second.connection;
    if (admission.refusal)
        m_entries.erase(it);
    else
        it->second.admitted = true;
    connection->admitted(std::move(admission));
}

bool RequestDesk::submit(Request request)
{
    const quint64 ticket = request.ticket;
    DoorSocket *socket = takeSocket();
    QByteArray bytes = announcement(request.head, ticket);
    Entry &entry = m_entries[ticket];
    entry.socket = socket;
    entry.request = std::move(request);
    socket->offer(std::move(bytes));

    const auto it = m_entries.find(ticket);
    if (it == m_entries.end() || !it->second.request)
        return true;
    socket->retire();
    m_entries.erase(it);
    m_handler.abandoned(ticket);
    return false;
}

void RequestDesk::abandon(quint64 ticket)
{
    const auto it = m_entries.find(ticket);
    if (it == m_entries.end())
        return;
    it->second.connection = nullptr;
    if (it->second.socket)
        return; // the answer will come, and then the door socket is free
    m_entries.erase(it);
    m_handler.abandoned(ticket);
}

std::optional<Request> RequestDesk::collect(quint64 ticket)
{
    const auto it = m_entries.find(ticket);
    if (it == m_entries.end())
        return std::nullopt;
    return std::exchange(it->second.request, std::nullopt);
}

void RequestDesk::finish(quint64 ticket, bool closeAfter)
{
    const auto it = m_entries.find(ticket);
    if (it == m_entries.end())
        return;
    const Entry entry = std::move(it->second);
    m_entries.erase(it);
    QByteArray answer = entry.socket->takeAnswer();
    giveBack(entry.socket);
    if (entry.connection)
        entry.connection->answered(std::move(answer), closeAfter);
}

DoorSocket *RequestDesk::takeSocket()
{
    while (!m_free.empty()) {
        DoorSocket *socket = m_free.back();
        m_free.pop_back();
        if (!socket->isBroken())
            return socket;
        socket->retire();
    }
    return m_introduce();
}

void RequestDesk::giveBack(DoorSocket *socket)
{
    if (socket->isBroken() || m_free.size() >= mostFreeSockets)
        socket->retire();
    else
        m_free.push_back(socket);
}

} // namespace guildhall
