// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/body_reader.h"
#include "server/gateway/door/http_framing.h"
#include "server/gateway/rest/request_handler.h"

#include <QObject>

#include <chrono>

namespace guildhall {

class CappedSocket;
class FrontDoor;

/// One connection of one client, from its acceptance to its end or its upgrade. One request at a
/// time: while one is judged, handled or answered, the next ones wait unread.
/// @thread http
class ClientConnection : public QObject {
    Q_OBJECT

public:
    /// Takes over the socket; reading begins with start().
    ClientConnection(FrontDoor &door, CappedSocket *socket);
    ~ClientConnection() override;

    void start();
    /// Acts on deadlines that have passed. @param now in the door's milliseconds
    void sweep(qint64 now);
    /// Ends it after the answer that is due, or at once when none is.
    void closeWhenAnswered();

    /// The decision on the request whose head was shown.
    void admitted(Admission admission);
    /// The answer to the request that was submitted, as QtHttpServer wrote it.
    void answered(QByteArray answer, bool closeAfter);

    /// Its place in the door's list; the door's to use.
    size_t index = 0;

private:
    enum class Phase {
        Head, ///< waits for a request, or the rest of its head
        Judged, ///< waits for the decision
        Body,
        RefusedBody, ///< reads a body only to get past it
        Handled, ///< waits for the answer
        Writing, ///< the answer is not all sent yet
        Lingering, ///< all is said; lets the client read it before the connection goes
        Gone,
    };

    void onBytesWritten();
    void onDisconnected();

    void advance();
    bool step();
    bool readHead();
    RequestHead headFrom(std::string_view bytes) const;
    void handOver();
    void judge();
    bool actOnDecision();
    void refuse(Response refusal);
    void readBodyFrom(const Admission &admission);
    bool readBody();
    bool readRefusedBody();
    void discard();
    void submit();

    void fail(int status);
    void answerAlone(const Response &response);
    void send(QByteArray answer);
    void sent();
    void nextRequest();
    void linger();
    void letGo();

    void deadlineIn(std::chrono::milliseconds span);
    void expire();
    bool hasProgressed(qint64 counter, qint64 least);

    FrontDoor &m_door;
    CappedSocket *m_socket;
    Phase m_phase = Phase::Head;
    bool m_advancing = false;
    bool m_headBegun = false;
    bool m_fresh = true; ///< no request has been answered yet
    bool m_closeAfter = false;
    bool m_isHead = false; ///< the request's method is HEAD
    qint64 m_deadline = 0; ///< 0: none
    qint64 m_counterMark = 0; ///< what had come, or was left to send, when the span began

    qint64 m_discarded = 0;

    http::HeadParser m_parser;
    RequestHead m_head;
    quint64 m_ticket = 0; ///< 0: none that the desk would know
    std::optional<Admission> m_admission; ///< decided, and not acted on yet
    BodyReader m_body;
    MemorySink m_sink;
    std::optional<Response> m_refusal; ///< to be sent when the body has been read past
};

} // namespace guildhall
