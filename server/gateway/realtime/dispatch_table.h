// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/websocket_frame.h"

#include <QByteArray>

#include <string_view>
#include <vector>

namespace guildhall::realtime {

/// One thing that is sent to one client or to thousands.
struct Outgoing {
    enum class Kind : quint8 {
        Dispatch, ///< `body` is the `d` of event `name`; each session adds its own `s`
        Payload, ///< `body` is a whole payload
        Frame, ///< `body` is a whole WebSocket frame, sent as it is
    };

    Kind kind = Kind::Payload;
    std::string_view name; ///< of static storage
    QByteArray body;
};

/// What is sent in the current turn of a shard, each thing once. Sockets queue two-byte indices
/// into it instead of bytes, so a delivery costs no allocation and no reference count.
class DispatchTable {
public:
    using Index = quint16;
    static constexpr size_t capacity = 60000;

    bool hasRoom(size_t count) const { return m_items.size() + count <= capacity; }
    Index add(Outgoing item)
    {
        m_items.push_back(std::move(item));
        return Index(m_items.size() - 1);
    }
    const Outgoing &operator[](Index index) const { return m_items[index]; }
    bool isEmpty() const { return m_items.empty(); }
    void clear() { m_items.clear(); }

private:
    std::vector<Outgoing> m_items;
};

} // namespace guildhall::realtime
