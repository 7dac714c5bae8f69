// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/directory.h"

#include "admin-gui/api/live_feed.h"
#include "admin-gui/models/sorted_model.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace guildhall::console {

namespace {

constexpr qint64 flushIntervalMs = 100;

} // namespace

Directory::Directory(LiveFeed &feed, QObject *parent)
    : QObject(parent)
{
    m_flush.setSingleShot(true);
    connect(&m_flush, &QTimer::timeout, this, &Directory::flush);
    listen(feed);
}

void Directory::listen(LiveFeed &feed)
{
    connect(&feed, &LiveFeed::ready, this, &Directory::onReady);
    connect(&feed, &LiveFeed::guildAdded, this, &Directory::put);
    connect(&feed, &LiveFeed::guildRemoved, this, &Directory::onGuildRemoved);
    connect(&feed, &LiveFeed::memberJoined, this,
            [this](const GuildMember &member) { onMember(member, true); });
    connect(&feed, &LiveFeed::memberChanged, this,
            [this](const GuildMember &member) { onMember(member, false); });
    connect(&feed, &LiveFeed::memberLeft, this,
            [this](GuildId guild, const User &user) { dropMember(guild, user.id); });
    connect(&feed, &LiveFeed::roleChanged, this, &Directory::takeRole);
    connect(&feed, &LiveFeed::roleRemoved, this, &Directory::dropRole);
    connect(&feed, &LiveFeed::presenceChanged, this, &Directory::onPresence);
    connect(&feed, &LiveFeed::selfChanged, this, &Directory::setSelf);
    connect(&feed, &LiveFeed::guildChanged, this, [this](const Guild &guild) {
        if (GuildView *view = find(guild.id)) {
            view->guild = guild;
            noteGuild(guild.id);
        }
    });
    connect(&feed, &LiveFeed::channelChanged, this, [this](const Channel &channel) {
        if (GuildView *view = find(channel.guildId))
            view->channels.insert_or_assign(channel.id, channel);
    });
    connect(&feed, &LiveFeed::channelRemoved, this, [this](const Channel &channel) {
        if (GuildView *view = find(channel.guildId))
            view->channels.erase(channel.id);
    });
}

void Directory::setSelf(const UserSelf &self)
{
    m_self = self;
}

const GuildView *Directory::guild(GuildId id) const
{
    const auto found = m_guilds.find(id);
    return found == m_guilds.end() ? nullptr : &found->second;
}

GuildView *Directory::find(GuildId id)
{
    const auto found = m_guilds.find(id);
    return found == m_guilds.end() ? nullptr : &found->second;
}

std::vector<GuildId> Directory::guildIds() const
{
    std::vector<GuildId> ids;
    for (const auto &[id, view] : m_guilds)
        ids.push_back(id);
    std::stable_sort(ids.begin(), ids.end(), [this](GuildId a, GuildId b) {
        return compareNames(guild(a)->guild.name, guild(b)->guild.name) < 0;
    });
    return ids;
}

void Directory::onReady(const UserSelf &self, const std::vector<GatewayGuild> &guilds)
{
    m_self = self;
    m_loaded = true;
    m_pending.guildList = true;
    auto before = std::exchange(m_guilds, {});
    for (const GatewayGuild &guild : guilds)
        put(guild);
    // Rows of what is gone are found by the models only when they are named.
    for (const auto &[id, view] : before)
        noteAll(view);
    schedule();
}

void Directory::put(const GatewayGuild &guild)
{
    if (const GuildView *old = find(guild.id))
        noteAll(*old);
    m_pending.guildList = true;
    GuildView &view = m_guilds[guild.id] = viewOf(guild);
    noteAll(view);
}

void Directory::onGuildRemoved(GuildId guild)
{
    if (m_guilds.erase(guild) == 0)
        return;
    m_pending.guildList = true;
    noteRoles(guild);
}

void Directory::onMember(const GuildMember &member, bool joined)
{
    GuildView *view = find(member.guildId);
    if (view == nullptr)
        return;
    view->members.insert_or_assign(member.user.id, member);
    if (joined) {
        ++view->memberCount;
        noteGuild(member.guildId);
    }
    if (member.user.id == m_self.id)
        noteRoles(member.guildId); // what the account may do hangs on its roles
    noteMember(member.guildId, member.user.id);
}

void Directory::onPresence(const Presence &presence)
{
    GuildView *view = presence.guildId ? find(*presence.guildId) : nullptr;
    if (view == nullptr)
        return;
    if (presence.status == u"offline")
        view->presences.remove(presence.user.id);
    else
        view->presences.insert(presence.user.id, presence);
    noteGuild(*presence.guildId);
    noteMember(*presence.guildId, presence.user.id);
}

void Directory::clear()
{
    m_guilds.clear();
    m_self = {};
    m_loaded = false;
    m_pending = {};
    m_pending.guildList = true;
    flush();
}

void Directory::noteAll(const GuildView &guild)
{
    for (const auto &[user, member] : guild.members)
        m_pending.members[guild.guild.id].insert(user);
    m_pending.guilds.insert(guild.guild.id);
    noteRoles(guild.guild.id);
}

void Directory::noteGuild(GuildId guild)
{
    m_pending.guilds.insert(guild);
    schedule();
}

void Directory::noteMember(GuildId guild, UserId user)
{
    m_pending.members[guild].insert(user);
    schedule();
}

void Directory::noteRoles(GuildId guild)
{
    m_pending.roles.insert(guild);
    schedule();
}

void Directory::schedule()
{
    if (m_flush.isActive())
        return;
    const qint64 since = m_sinceFlush.isValid() ? m_sinceFlush.elapsed() : flushIntervalMs;
    m_flush.start(std::chrono::milliseconds(std::max<qint64>(0, flushIntervalMs - since)));
}

void Directory::flush()
{
    m_flush.stop();
    m_sinceFlush.start();
    if (m_pending.isEmpty())
        return;
    const ChangeBatch batch = std::exchange(m_pending, {});
    Q_EMIT changed(batch);
}

} // namespace guildhall::console
