// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/member/member_module.h"
#include "server/modules/permission/permission_module.h"
#include "server/modules/role/role_module.h"
#include "server/modules/user/user_module.h"
#include "shared/dto/message.h"
#include "shared/json/parse.h"
#include "tests/support/module_world.h"

namespace guildhall::test {

/// What a channel of a test is like, where it differs from the commonest.
struct ChannelRow {
    ChannelType type = ChannelType::Text;
    ChannelId parent = {};
    int slowMode = 0; ///< seconds
    QString name = QStringLiteral("general");
};

/// A module world with rights, accounts, roles and members, in which guilds and channels are one
/// line. Rows are made by plain SQL and are in force at once, without events.
class GuildWorld : public ModuleWorld {
public:
    /// @param observer as ModuleWorld's
    explicit GuildWorld(db::StatementObserver *observer = nullptr);

    PermissionService &permissions() { return m_permission.service(); }
    UserService &users() { return m_users.service(); }
    RoleService &roles() { return m_roles.service(); }
    MemberService &members() { return m_members.service(); }

    /// The owner is its first member. @param everyone  what @everyone may do
    GuildId guild(UserId owner, Permissions everyone = defaultEveryonePermissions);
    void join(GuildId guild, UserId user, const std::vector<RoleId> &roles = {});
    /// A person of that name who is in the guild.
    UserId member(const QString &name, GuildId guild, const std::vector<RoleId> &roles = {});
    RoleId role(GuildId guild, Permissions permissions, int position = 1, bool mentionable = false);
    ChannelId channel(GuildId guild, const ChannelRow &row = {});
    void overwriteRole(ChannelId channel, RoleId role, Permissions allow, Permissions deny);
    void overwriteMember(ChannelId channel, UserId user, Permissions allow, Permissions deny);
    MessageId message(ChannelId channel, UserId author, const QString &content,
                      MessageType type = MessageType::Default);
    void timeOut(GuildId guild, UserId user, Timestamp until);
    void setSystemChannel(GuildId guild, std::optional<ChannelId> channel, int flags = 0);
    /// Behind everybody's back: the rights still know it.
    void deleteChannelRow(ChannelId channel);
    void deleteRoleRow(RoleId role);
    void deleteGuildRow(GuildId guild);
    int countMessages(ChannelId channel);

    /// The answer to a request; what is no JSON is null.
    struct Answer {
        int status = 0;
        QByteArray body;
        json::Document document;

        int code() const; ///< of a refusal; -1 when there is none
        /// The leaf code at a place such as "embeds.0.title"; empty when there is none.
        QByteArray codeAt(const QByteArray &place) const;
        /// What is at a place such as "author.id", as text.
        QString at(const QByteArray &place) const;
        const json::Value *find(const QByteArray &place) const;
    };
    /// Sends a request as `who` would.
    Answer ask(const QByteArray &method, const QByteArray &target, UserId who,
               const QByteArray &body = {}, bool bot = false);

private:
    void inForce();

    PermissionModule m_permission;
    UserModule m_users;
    RoleModule m_roles;
    MemberModule m_members;
};

/// An id in a path or body.
template <typename AnyId>
QByteArray str(AnyId id)
{
    return QByteArray::number(id.value());
}

} // namespace guildhall::test
