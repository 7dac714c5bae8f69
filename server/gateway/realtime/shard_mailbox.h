// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/audience.h"
#include "server/infrastructure/events/event.h"

#include <functional>
#include <mutex>
#include <variant>
#include <vector>

class QObject;

namespace guildhall::realtime {

class Shard;

/// An event on its way to the sessions of a shard.
struct EventMail {
    AnyEvent event;
    GuildRightsPtr rights; ///< as they were when it was published, or newer; may be null
    bool rightsUnknown = false; ///< they could not be read: nobody can tell who may hear it
};

/// How other threads reach a shard: one queue, in order, and one wake-up for what gathers in it.
/// It may outlive its shard; what is posted then is thrown away.
class ShardMailbox {
public:
    using Task = std::function<void(Shard &)>;
    using Mail = std::variant<EventMail, Task>;

    /// Mail is announced to `receiver` by a QEvent of type `mailEvent()`. @thread any
    void open(QObject *receiver);
    void close();
    static int mailEvent();

    /// @thread any
    void post(Mail mail);
    bool isEmpty() const;
    /// Exchanges what has gathered for `emptied`, whose memory is used again. @thread the shard's
    void take(std::vector<Mail> &emptied);

private:
    mutable std::mutex m_mutex;
    std::vector<Mail> m_mail;
    QObject *m_receiver = nullptr;
};

} // namespace guildhall::realtime
