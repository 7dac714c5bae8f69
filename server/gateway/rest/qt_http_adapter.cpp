// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/qt_http_adapter.h"

#include "server/gateway/door/answer_bytes.h"
#include "server/gateway/door/front_door.h"

#include <QHttpServerRequest>
#include <QLoggingCategory>
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QHttpHeaders>
#endif

#include <exception>
#include <utility>

namespace guildhall {

namespace {

using StatusCode = QHttpServerResponder::StatusCode;

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)

void write(QHttpServerResponder &responder, const Response &response)
{
    QHttpHeaders headers;
    for (const auto &header : response.headers) {
        if (mayBeSent(header))
            headers.append(header.first, header.second);
    }
    responder.write(response.body, headers, StatusCode(response.status));
}

#else

void write(QHttpServerResponder &responder, const Response &response)
{
    responder.writeStatusLine(StatusCode(response.status));
    for (const auto &header : response.headers) {
        if (mayBeSent(header))
            responder.writeHeader(header.first, header.second);
    }
    if (response.status != 204 && response.status != 304)
        responder.writeHeader("Content-Length", QByteArray::number(response.body.size()));
    responder.writeBody(response.body);
}

#endif

} // namespace

QtHttpAdapter::QtHttpAdapter(RequestHandler &handler, UpgradeHandler *upgrades,
                             const DoorSettings &settings, QObject *parent)
    : QAbstractHttpServer(parent)
    , m_handler(handler)
    , m_door(new FrontDoor(handler, upgrades, settings, this))
{ }

QtHttpAdapter::~QtHttpAdapter()
{
    m_responders.clear(); // before the sockets they write to
    delete m_door;
}

QString QtHttpAdapter::open(const QHostAddress &address, quint16 port)
{
    if (!m_door->listen(address, port))
        return m_door->errorString();
    bind(m_door);
    return {};
}

quint16 QtHttpAdapter::port() const
{
    return m_door->serverPort();
}

void QtHttpAdapter::drain()
{
    m_door->drain();
}

bool QtHttpAdapter::handleRequest(const QHttpServerRequest &request, ResponderSource source)
{
    const quint64 ticket = request.value("Ticket").toULongLong();
    std::optional<Request> whole = m_door->desk().collect(ticket);
    if (!whole)
        return false;
    m_responders.emplace(ticket, responderFor(request, source));
    try {
        m_handler.handle(std::move(*whole));
    } catch (const std::exception &fault) {
        qWarning("Request %llu was not taken: %s", static_cast<unsigned long long>(ticket),
                 fault.what());
        answer(ticket, errorResponse(500));
    }
    return true;
}

/// Not reached: every request that the door lets through is known to it.
void QtHttpAdapter::missingHandler(const QHttpServerRequest &request, ResponderSource source)
{
    responderFor(request, source).write(StatusCode::NotFound);
}

void QtHttpAdapter::answer(quint64 ticket, Response response)
{
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        isFirst = m_answers.empty();
        m_answers.push_back({ticket, std::move(response)});
    }
    // One wake-up for all that come before it is acted on.
    if (isFirst)
        QMetaObject::invokeMethod(this, &QtHttpAdapter::deliver, Qt::QueuedConnection);
}

void QtHttpAdapter::deliver()
{
    std::vector<Answer> answers;
    {
        const std::lock_guard lock(m_mutex);
        answers.swap(m_answers);
    }
    for (const Answer &answer : answers)
        deliverOne(answer);
}

void QtHttpAdapter::deliverOne(const Answer &answer)
{
    const auto it = m_responders.find(answer.ticket);
    if (it == m_responders.end())
        return;
    {
        QHttpServerResponder responder = std::move(it->second);
        m_responders.erase(it);
        write(responder, answer.response);
    } // QtHttpServer must know that it is done before the socket is used for another request
    m_door->desk().finish(answer.ticket, answer.response.closeAfter);
}

QHttpServerResponder QtHttpAdapter::responderFor(const QHttpServerRequest &request,
                                                 ResponderSource source)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    Q_UNUSED(request);
    return std::move(source);
#else
    return makeResponder(request, source);
#endif
}

} // namespace guildhall
