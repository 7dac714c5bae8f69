// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/door_thread.h"

#include "server/gateway/door/front_door.h"
#include "server/gateway/rest/qt_http_adapter.h"

#include <QHostAddress>

#include <semaphore>

namespace guildhall {

DoorThread::DoorThread(const QString &name, RequestHandler &handler, UpgradeHandler *upgrades,
                       DoorSettings settings, EpollDispatcher::TurnObserver turned)
{
    m_thread.setObjectName(name);
    EpollDispatcher::installOn(m_thread, std::move(turned));
    m_inside.moveToThread(&m_thread);
    m_thread.start();
    run([&] { m_adapter = std::make_unique<QtHttpAdapter>(handler, upgrades, settings); });
}

DoorThread::~DoorThread()
{
    stop();
}

void DoorThread::run(const std::function<void()> &work)
{
    QMetaObject::invokeMethod(&m_inside, work, Qt::BlockingQueuedConnection);
}

QString DoorThread::open(const QHostAddress &address, quint16 port)
{
    QString problem;
    run([&] { problem = m_adapter->open(address, port); });
    return problem;
}

quint16 DoorThread::port() const
{
    return m_adapter->port();
}

AnswerSink &DoorThread::sink()
{
    return *m_adapter;
}

bool DoorThread::drain(std::chrono::milliseconds patience)
{
    // Shared with the connection below, which may fire after the wait is over.
    const auto drained = std::make_shared<std::binary_semaphore>(0);
    run([&] {
        QObject::connect(
            &m_adapter->door(), &FrontDoor::drained, &m_inside, [drained] { drained->release(); },
            Qt::SingleShotConnection);
        m_adapter->drain();
    });
    return drained->try_acquire_for(patience);
}

void DoorThread::stop()
{
    if (!m_thread.isRunning())
        return;
    run([&] { m_adapter.reset(); });
    m_thread.quit();
    m_thread.wait();
}

} // namespace guildhall
