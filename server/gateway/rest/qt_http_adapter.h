// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/door_settings.h"
#include "server/gateway/rest/request_handler.h"

#include <QAbstractHttpServer>
#include <QHttpServerResponder>

#include <mutex>
#include <unordered_map>
#include <vector>

namespace guildhall {

class FrontDoor;
class UpgradeHandler;

/// QtHttpServer behind the front door, and the only class that knows it: its API differs between
/// the versions of Qt, and a responder must not be held by anyone who does not know when it dies.
///
/// The thread that creates it is the http thread and needs an event loop; EpollDispatcher is made
/// for it. The handlers must outlive it.
/// @thread http, but for answer()
class QtHttpAdapter final : public QAbstractHttpServer, public AnswerSink {
    Q_OBJECT

public:
    /// @param upgrades may be null: then nothing is upgraded
    QtHttpAdapter(RequestHandler &handler, UpgradeHandler *upgrades, const DoorSettings &settings,
                  QObject *parent = nullptr);
    /// Closes all connections. Answers that come later are ignored, but not after this has
    /// returned: who answers from other threads must have stopped.
    ~QtHttpAdapter() override;

    /// Opens the port; 0 takes any free one. Once.
    /// @return an empty string, or why it cannot
    QString open(const QHostAddress &address, quint16 port);
    quint16 port() const;
    /// Accepts no more; FrontDoor::drained() says when the last answer is out.
    void drain();
    FrontDoor &door() { return *m_door; }

    /// @thread any
    void answer(quint64 ticket, Response response) override;

protected:
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    using ResponderSource = QHttpServerResponder &;
#else
    using ResponderSource = QTcpSocket *;
#endif
    bool handleRequest(const QHttpServerRequest &request, ResponderSource source) override;
    void missingHandler(const QHttpServerRequest &request, ResponderSource source) override;

private:
    struct Answer {
        quint64 ticket;
        Response response;
    };

    static QHttpServerResponder responderFor(const QHttpServerRequest &request,
                                             ResponderSource source);
    void deliver();
    void deliverOne(const Answer &answer);

    RequestHandler &m_handler;
    FrontDoor *m_door;
    std::unordered_map<quint64, QHttpServerResponder> m_responders;
    std::mutex m_mutex; ///< guards m_answers
    std::vector<Answer> m_answers;
};

} // namespace guildhall
