// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/session_handle.h"

#include "server/gateway/realtime/shard.h"
#include "server/gateway/realtime/shard_mailbox.h"

namespace guildhall::realtime {

SessionHandle::SessionHandle(std::shared_ptr<ShardMailbox> shard, quint64 key, SessionInfo info)
    : m_shard(std::move(shard))
    , m_key(key)
    , m_info(std::move(info))
{ }

void SessionHandle::send(const char *name, QByteArray d) const
{
    m_shard->post(
        [key = m_key, name, d = std::move(d)](Shard &shard) { shard.dispatchTo(key, name, d); });
}

} // namespace guildhall::realtime
