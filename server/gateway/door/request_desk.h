// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/request_handler.h"

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace guildhall {

class ClientConnection;
class DoorSocket;

/// Keeps the tickets: which request of which connection is being judged, handled or answered, and
/// by which door socket it went through QtHttpServer.
/// @thread http
class RequestDesk {
public:
    /// @param introduce makes a new door socket known to QtHttpServer
    RequestDesk(RequestHandler &handler, std::function<DoorSocket *()> introduce);
    ~RequestDesk();

    // For connections.

    /// A new ticket for a request of that connection, whose head is complete. Ends in
    /// ClientConnection::admitted(), at once or later.
    quint64 open(ClientConnection &connection, const RequestHead &head);
    /// Passes a complete request on, under its ticket. Ends in ClientConnection::answered().
    /// @return false when QtHttpServer cannot make sense of it; the ticket is gone then
    bool submit(Request request);
    /// The connection has no use for the answer any more, or has answered by itself.
    void abandon(quint64 ticket);

    // For the adapter.

    /// The request that QtHttpServer has just read; once.
    std::optional<Request> collect(quint64 ticket);
    /// The answer to it has been written into the door socket.
    void finish(quint64 ticket, bool closeAfter);

    /// Tickets that are open.
    size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        ClientConnection *connection = nullptr; ///< null once the peer has left
        DoorSocket *socket = nullptr; ///< from submit() on
        std::optional<Request> request; ///< between submit() and collect()
        bool admitted = false;
    };

    void decide(quint64 ticket, Admission admission);
    DoorSocket *takeSocket();
    void giveBack(DoorSocket *socket);

    RequestHandler &m_handler;
    std::function<DoorSocket *()> m_introduce;
    std::unordered_map<quint64, Entry> m_entries;
    std::vector<DoorSocket *> m_free;
    quint64 m_lastTicket = 0;
    std::shared_ptr<RequestDesk *>
        m_self; ///< how a late decision knows that the desk is still there
};

} // namespace guildhall
