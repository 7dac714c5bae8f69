// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/change_batch.h"
#include "admin-gui/models/guild_view.h"
#include "shared/dto/guild.h"
#include "shared/dto/user.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <vector>

namespace guildhall::console {

class LiveFeed;

/// A part of the server's list of members: all above `after` up to its last, or to the end.
struct MemberPart {
    UserId after;
    std::vector<Member> members; ///< by id
    bool isLast = false;
    /// Who was known above `after` when the server was asked: of these, whom the part does not have
    /// has left. Who came since is not missed by an answer that is older.
    std::vector<UserId> knownBefore;
};

/// What the console knows of the guilds: READY and its events, and what REST answered. Models read
/// it and are told of changes at most ten times a second, however fast events come.
/// @thread GUI
class Directory : public QObject {
    Q_OBJECT

public:
    explicit Directory(LiveFeed &feed, QObject *parent = nullptr);

    UserId self() const { return m_self.id; }
    const UserSelf &selfUser() const { return m_self; }
    void setSelf(const UserSelf &self);

    /// nullptr when the account is not, or no longer, in it.
    const GuildView *guild(GuildId id) const;
    /// By name, then id.
    std::vector<GuildId> guildIds() const;
    /// Whether a list has been received at all.
    bool isLoaded() const { return m_loaded; }

    // What REST answered. Members are added to what is there.
    void takeGuildList(const std::vector<GuildListItem> &list);
    void takeMembers(GuildId guild, const std::vector<Member> &members);
    void takeMemberPart(GuildId guild, const MemberPart &part);
    /// Those with an id above `after`, ascending; none when the guild is not known.
    std::vector<UserId> membersAfter(GuildId guild, UserId after) const;
    void setMembersComplete(GuildId guild);
    void takeRoles(GuildId guild, const std::vector<Role> &roles);
    void takeRole(GuildId guild, const Role &role);
    void dropRole(GuildId guild, RoleId role);
    void dropMember(GuildId guild, UserId user);

    /// Forgets everything, as when the account signs out.
    void clear();

    /// Tells the models now what they would be told in a moment.
    void flush();

Q_SIGNALS:
    void changed(const guildhall::console::ChangeBatch &batch);

private:
    void listen(LiveFeed &feed);
    void onReady(const UserSelf &self, const std::vector<GatewayGuild> &guilds);
    void put(const GatewayGuild &guild);
    void onGuildRemoved(GuildId guild);
    void onMember(const GuildMember &member, bool joined);
    void onPresence(const Presence &presence);
    void dropMissing(GuildView &guild, const MemberPart &part);
    void noteAll(const GuildView &guild);
    void noteGuild(GuildId guild);
    void noteMember(GuildId guild, UserId user);
    void noteRoles(GuildId guild);
    void schedule();
    GuildView *find(GuildId id);

    std::map<GuildId, GuildView> m_guilds;
    UserSelf m_self;
    bool m_loaded = false;
    ChangeBatch m_pending;
    QTimer m_flush;
    QElapsedTimer m_sinceFlush;
};

} // namespace guildhall::console
