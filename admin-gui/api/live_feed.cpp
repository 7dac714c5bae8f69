// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/live_feed.h"

#include "admin-gui/api/gateway_payloads.h"

#include <array>
#include <functional>

namespace guildhall::console {

namespace {

/// An event's name and what is done with its `d`; false when `d` could not be read.
struct Handler {
    QByteArrayView name;
    bool (*handle)(LiveFeed &feed, const json::Value &d);
};

template <typename T, typename Function>
bool with(const json::Value &d, Function function)
{
    const auto value = json::decode<T>(d);
    if (value)
        function(*value);
    return value.has_value();
}

// Emits through the object: signals are public, and the table is read as one list.
constexpr std::array handlers{
    Handler{"RESUMED",
            [](LiveFeed &feed, const json::Value &) {
                Q_EMIT feed.resumed();
                return true;
            }},
    Handler{"GUILD_UPDATE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<Guild>(d, [&](const Guild &g) { Q_EMIT feed.guildChanged(g); });
            }},
    Handler{"GUILD_MEMBER_ADD",
            [](LiveFeed &feed, const json::Value &d) {
                return with<GuildMember>(
                    d, [&](const GuildMember &m) { Q_EMIT feed.memberJoined(m); });
            }},
    Handler{"GUILD_MEMBER_UPDATE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<GuildMember>(
                    d, [&](const GuildMember &m) { Q_EMIT feed.memberChanged(m); });
            }},
    Handler{"GUILD_MEMBER_REMOVE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<MemberGone>(
                    d, [&](const MemberGone &m) { Q_EMIT feed.memberLeft(m.guildId, m.user); });
            }},
    Handler{"GUILD_ROLE_CREATE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<RoleOfGuild>(
                    d, [&](const RoleOfGuild &r) { Q_EMIT feed.roleChanged(r.guildId, r.role); });
            }},
    Handler{"GUILD_ROLE_UPDATE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<RoleOfGuild>(
                    d, [&](const RoleOfGuild &r) { Q_EMIT feed.roleChanged(r.guildId, r.role); });
            }},
    Handler{"GUILD_ROLE_DELETE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<RoleGone>(
                    d, [&](const RoleGone &r) { Q_EMIT feed.roleRemoved(r.guildId, r.roleId); });
            }},
    Handler{"PRESENCE_UPDATE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<Presence>(d,
                                      [&](const Presence &p) { Q_EMIT feed.presenceChanged(p); });
            }},
    Handler{"CHANNEL_CREATE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<Channel>(d, [&](const Channel &c) { Q_EMIT feed.channelChanged(c); });
            }},
    Handler{"CHANNEL_UPDATE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<Channel>(d, [&](const Channel &c) { Q_EMIT feed.channelChanged(c); });
            }},
    Handler{"CHANNEL_DELETE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<Channel>(d, [&](const Channel &c) { Q_EMIT feed.channelRemoved(c); });
            }},
    Handler{"USER_UPDATE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<UserSelf>(d, [&](const UserSelf &u) { Q_EMIT feed.selfChanged(u); });
            }},
    Handler{"GUILD_DELETE",
            [](LiveFeed &feed, const json::Value &d) {
                return with<GuildStub>(d,
                                       [&](const GuildStub &g) { Q_EMIT feed.guildRemoved(g.id); });
            }},
};

/// Direct messages come as CHANNEL_* too, in another shape; no page shows them.
bool isPrivateChannel(QByteArrayView name, const json::Value &d)
{
    return name.startsWith(QByteArrayView("CHANNEL_")) && d.IsObject()
        && json::member(d, "guild_id") == nullptr;
}

} // namespace

LiveFeed::LiveFeed(std::unique_ptr<SocketTransport> socket, BackOff backOff, QObject *parent)
    : QObject(parent)
    , m_link(std::move(socket), *this, backOff)
{ }

void LiveFeed::onDispatch(QByteArrayView name, const json::Value &d)
{
    if (name == QByteArrayView("READY"))
        return onReady(d);
    if (name == QByteArrayView("GUILD_CREATE"))
        return onGuildCreate(d);
    const auto found = std::find_if(handlers.begin(), handlers.end(),
                                    [&](const Handler &h) { return h.name == name; });
    if (found == handlers.end() || isPrivateChannel(name, d))
        return;
    if (!found->handle(*this, d))
        Q_EMIT unreadable(name.toByteArray());
}

void LiveFeed::onReady(const json::Value &d)
{
    const auto head = json::decode<ReadyHead>(d);
    const json::Value *list = d.IsObject() ? json::member(d, "guilds") : nullptr;
    if (!head || list == nullptr || !list->IsArray()) {
        Q_EMIT unreadable("READY");
        return;
    }
    std::vector<GatewayGuild> guilds;
    bool allRead = true;
    for (const json::Value &item : list->GetArray()) {
        const auto stub = json::decode<GuildStub>(item);
        if (stub && stub->unavailable)
            continue; // its GUILD_CREATE comes when it is back
        if (auto guild = json::decode<GatewayGuild>(item))
            guilds.push_back(std::move(*guild));
        else
            allRead = false;
    }
    Q_EMIT ready(head->user, guilds);
    if (!allRead)
        Q_EMIT unreadable("READY");
}

void LiveFeed::onGuildCreate(const json::Value &d)
{
    const auto stub = json::decode<GuildStub>(d);
    if (stub && stub->unavailable)
        return;
    if (const auto guild = json::decode<GatewayGuild>(d))
        Q_EMIT guildAdded(*guild);
    else
        Q_EMIT unreadable("GUILD_CREATE");
}

} // namespace guildhall::console
