// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_reading.h"

#include "server/infrastructure/database/database.h"
#include "server/modules/message/message_repository.h"

#include <algorithm>
#include <limits>

namespace guildhall {

namespace {

constexpr MessageId beyondAll(quint64(std::numeric_limits<qint64>::max()));

MessageId next(MessageId id)
{
    return MessageId(id.value() + (id == beyondAll ? 0 : 1));
}

} // namespace

MessageReading::MessageReading(const Kernel &kernel, PermissionService &permissions,
                               MessageView &view)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_view(view)
{ }

std::vector<MessageRecord> MessageReading::page(ChannelId channel, const ListMessages &query)
{
    db::Session &db = m_kernel.database.session();
    if (query.around) {
        // Half before; from the anchor on, it included if it is there, the rest.
        auto older = MessageRepository::pageBefore(db, channel, *query.around, query.limit / 2);
        auto newer = MessageRepository::pageFrom(db, channel, *query.around,
                                                 query.limit - query.limit / 2);
        std::reverse(newer.begin(), newer.end());
        newer.insert(newer.end(), std::make_move_iterator(older.begin()),
                     std::make_move_iterator(older.end()));
        return newer;
    }
    if (query.after && !query.before) {
        auto newer = MessageRepository::pageFrom(db, channel, next(*query.after), query.limit);
        std::reverse(newer.begin(), newer.end());
        return newer;
    }
    return MessageRepository::pageBefore(db, channel, query.before.value_or(beyondAll),
                                         query.limit);
}

Result<std::vector<Message>> MessageReading::list(const Caller &who, ChannelId channel,
                                                  const Submitted<ListMessages> &submitted)
{
    GH_TRY(const ChannelGrant grant, m_permissions.requireVisible(who.user, channel));
    GH_TRY(const ListMessages query, submitted.checked());
    if (!holdsMessages(grant.rights().type))
        return refuse(ErrorCode::NotATextChannel);
    if (!grant.has(Permission::ReadMessageHistory))
        return std::vector<Message>();
    return m_view.show(page(channel, query));
}

Result<Message> MessageReading::get(const Caller &who, ChannelId channel, MessageId id)
{
    GH_CHECK(m_permissions.require(who.user, channel, Permission::ReadMessageHistory));
    const auto record = MessageRepository::find(m_kernel.database.session(), channel, id);
    if (!record)
        return refuse(ErrorCode::UnknownMessage);
    return m_view.show(*record);
}

} // namespace guildhall
