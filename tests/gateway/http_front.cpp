// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_front.h"

#include "server/gateway/door/front_door.h"
#include "server/infrastructure/runtime/epoll_dispatcher.h"

#include <utility>

namespace guildhall::test {

void ScriptedHandler::admit(quint64 ticket, const RequestHead &head, Decided decided)
{
    ++admittedCount;
    if (onAdmit)
        onAdmit(ticket, head, std::move(decided));
    else
        decided({std::nullopt, 1024 * 1024});
}

void ScriptedHandler::handle(Request request)
{
    if (recording) {
        const std::lock_guard lock(m_mutex);
        m_handled.push_back(request);
    }
    ++handledCount;
    if (onHandle)
        onHandle(std::move(request));
    else
        echo(request);
}

void ScriptedHandler::abandoned(quint64)
{
    ++abandonedCount;
}

void ScriptedHandler::echo(const Request &request)
{
    answer(request.ticket,
           text(request.head.method + ' ' + request.head.target + '|' + request.body));
}

std::vector<Request> ScriptedHandler::handledRequests() const
{
    const std::lock_guard lock(m_mutex);
    return m_handled;
}

HttpFront::HttpFront(DoorSettings settings, UpgradeHandler *upgrades)
{
    EpollDispatcher::installOn(m_thread);
    m_thread.start();
    auto *context = new QObject;
    context->moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        context,
        [&] {
            m_adapter = new QtHttpAdapter(handler, upgrades, settings);
            handler.sink = m_adapter;
            const QString problem = m_adapter->open(QHostAddress::LocalHost, 0);
            if (!problem.isEmpty())
                qFatal("the door does not open: %s", qPrintable(problem));
            m_port = m_adapter->port();
            context->deleteLater();
        },
        Qt::BlockingQueuedConnection);
}

HttpFront::~HttpFront()
{
    inThread([](QtHttpAdapter &adapter) { delete &adapter; });
    m_thread.quit();
    m_thread.wait();
}

void HttpFront::inThread(const std::function<void(QtHttpAdapter &)> &function)
{
    QMetaObject::invokeMethod(
        m_adapter, [&] { function(*m_adapter); }, Qt::BlockingQueuedConnection);
}

size_t HttpFront::connections()
{
    size_t count = 0;
    inThread([&](QtHttpAdapter &adapter) { count = adapter.door().connections(); });
    return count;
}

size_t HttpFront::openRequests()
{
    size_t count = 0;
    inThread([&](QtHttpAdapter &adapter) { count = adapter.door().openRequests(); });
    return count;
}

Response text(QByteArray body, int status)
{
    Response response;
    response.status = status;
    response.headers.emplaceBack("Content-Type", "text/plain");
    response.body = std::move(body);
    return response;
}

} // namespace guildhall::test
