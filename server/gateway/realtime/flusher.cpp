// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/flusher.h"

#include "server/gateway/realtime/websocket_link.h"

#include <QTimer>

namespace guildhall::realtime {

namespace {

std::chrono::milliseconds roundedUp(FlushPacer::Duration duration)
{
    return std::chrono::ceil<std::chrono::milliseconds>(duration);
}

} // namespace

Flusher::Flusher(QObject *context, Outbox::Limits limits, std::function<bool()> busy)
    : m_limits(limits)
    , m_busy(std::move(busy))
    , m_timer(new QTimer(context))
{
    m_timer->setSingleShot(true);
    m_timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(m_timer, &QTimer::timeout, context, [this] {
        flushAll();
        reportFailures();
    });
}

void Flusher::reserve(size_t count)
{
    if (!m_table.hasRoom(count))
        flushAll();
}

void Flusher::flush(WebSocketLink &link)
{
    if (!link.flushStaged())
        m_failed.push_back(&link);
}

void Flusher::flushReply(WebSocketLink &link)
{
    flush(link);
    if (m_dirty.size() == 1 && m_dirty.front() == &link) {
        link.setDirty(false);
        m_dirty.clear();
        m_table.clear();
    }
}

void Flusher::flushAll()
{
    m_timer->stop();
    const auto began = std::chrono::steady_clock::now();
    for (WebSocketLink *link : m_dirty) {
        link->setDirty(false);
        if (!link->flushStaged())
            m_failed.push_back(link);
    }
    m_dirty.clear();
    m_table.clear();
    m_pacer.flushed(began, std::chrono::steady_clock::now(), m_busy(), m_events);
    m_events = 0;
}

void Flusher::settle()
{
    if (!m_dirty.empty()) {
        const auto wait = m_pacer.delay(std::chrono::steady_clock::now());
        if (wait <= FlushPacer::Duration::zero())
            flushAll();
        else if (!m_timer->isActive())
            m_timer->start(roundedUp(wait));
    }
    reportFailures();
}

void Flusher::reportFailures()
{
    // A link that is told may make others fail, so the list is taken anew each time.
    while (!m_failed.empty()) {
        WebSocketLink *link = m_failed.back();
        m_failed.pop_back();
        link->reportFailure();
    }
}

void Flusher::forget(WebSocketLink &link)
{
    std::erase(m_dirty, &link);
    std::erase(m_failed, &link);
}

} // namespace guildhall::realtime
