// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/shard_mailbox.h"

#include <QCoreApplication>
#include <QEvent>

namespace guildhall::realtime {

int ShardMailbox::mailEvent()
{
    static const int type = QEvent::registerEventType();
    return type;
}

void ShardMailbox::open(QObject *receiver)
{
    const std::scoped_lock lock(m_mutex);
    m_receiver = receiver;
}

void ShardMailbox::close()
{
    std::vector<Mail> unread; // destroyed outside of the lock: a task may hold anything
    const std::scoped_lock lock(m_mutex);
    m_receiver = nullptr;
    unread.swap(m_mail);
}

void ShardMailbox::post(Mail mail)
{
    const std::scoped_lock lock(m_mutex);
    if (m_receiver == nullptr)
        return;
    m_mail.push_back(std::move(mail));
    // Under the lock, so that close() cannot come in between; one event for all that gathers.
    if (m_mail.size() == 1)
        QCoreApplication::postEvent(m_receiver, new QEvent(QEvent::Type(mailEvent())));
}

bool ShardMailbox::isEmpty() const
{
    const std::scoped_lock lock(m_mutex);
    return m_mail.empty();
}

void ShardMailbox::take(std::vector<Mail> &emptied)
{
    Q_ASSERT(emptied.empty());
    const std::scoped_lock lock(m_mutex);
    m_mail.swap(emptied);
}

} // namespace guildhall::realtime
