// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_editing.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/modules/member/member_events.h"
#include "server/modules/member/member_repository.h"
#include "server/modules/member/member_rules.h"

#include <algorithm>

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

/// The only member flag that others set: BYPASSES_VERIFICATION.
constexpr int settableFlags = 1 << 2;

/// A nickname as it is stored: null when there is none.
QString storedNick(const Patch<QString> &nick)
{
    const QString text = nick.valueOr(QString());
    return text.isEmpty() ? QString() : text;
}

/// The list as memberships hold it. discord.js counts @everyone among a member's roles and sends it
/// back; everybody has it anyway.
std::vector<RoleId> storedRoles(std::vector<RoleId> roles, GuildId guild)
{
    std::erase(roles, RoleId(guild));
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    return roles;
}

/// Everything but roles, which have rules of their own.
void applyFields(const ModifyMember &change, MemberRecord &member)
{
    if (change.nick.isPresent())
        member.nick = storedNick(change.nick);
    if (change.mute.isPresent())
        member.mute = change.mute.valueOr(false);
    if (change.deaf.isPresent())
        member.deaf = change.deaf.valueOr(false);
    if (change.communicationDisabledUntil.isPresent())
        member.timedOutUntil = change.communicationDisabledUntil.asOptional();
    if (change.flags.isPresent())
        member.flags = (member.flags & ~settableFlags) | (change.flags.valueOr(0) & settableFlags);
}

bool sameBesidesRoles(const MemberRecord &a, const MemberRecord &b)
{
    return a.nick == b.nick && a.nick.isNull() == b.nick.isNull() && a.mute == b.mute
        && a.deaf == b.deaf && a.flags == b.flags && a.timedOutUntil == b.timedOutUntil;
}

Result<void> checkValues(const ModifyMember &change, Timestamp now)
{
    const auto &until = change.communicationDisabledUntil;
    if (until.hasValue() && until->ms > now.ms + MemberEditing::longestTimeoutMs)
        return refuseField({u"communication_disabled_until"_s}, "NUMBER_TYPE_MAX",
                           u"A time-out ends within 28 days."_s);
    // Nobody is in a voice channel: there are no voice connections to move.
    if (change.channelId.isPresent())
        return refuseField({u"channel_id"_s}, "BASE_TYPE_CHOICES",
                           u"Target user is not connected to voice."_s);
    return {};
}

} // namespace

MemberEditing::MemberEditing(const Kernel &kernel, PermissionService &permissions,
                             UserService &users)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_users(users)
{ }

Result<Member> MemberEditing::apply(const GuildGrant &grant, UserId user, const Change &change)
{
    const std::optional<User> person = m_users.find(user);
    if (!person)
        return refuse(ErrorCode::UnknownMember);
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<Member> {
        const auto before = MemberRepository::lock(tx, grant.guild(), user);
        if (!before)
            return refuse(ErrorCode::UnknownMember);
        MemberRecord after = *before;
        GH_CHECK(change(after));
        const bool sameRoles = after.roles == before->roles;
        if (sameRoles && sameBesidesRoles(after, *before))
            return toMember(after, *person);
        MemberRepository::update(tx, grant, after);
        if (!sameRoles) {
            MemberRepository::setRoles(tx, grant, user, after.roles);
            // A role that was deleted since the check was not given.
            after = MemberRepository::find(tx, grant.guild(), user).value_or(after);
        }
        tx.publishOnCommit(MemberUpdated{toGuildMember(grant.guild(), after, *person)});
        return toMember(after, *person);
    });
}

Result<Member> MemberEditing::modify(const Caller &who, GuildId guild, UserId user,
                                     const Submitted<ModifyMember> &submitted)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireMember(who.user, guild));
    if (!grant.snapshot().member(user))
        return refuse(ErrorCode::UnknownMember);
    const MemberRules rules(grant, user);
    GH_CHECK(rules.mayChangeAnything());
    GH_TRY(const ModifyMember change, submitted.checked());
    GH_CHECK(rules.mayChange(change));
    GH_CHECK(checkValues(change, m_kernel.clock.now()));
    return apply(grant, user, [&](MemberRecord &member) -> Result<void> {
        applyFields(change, member);
        if (!change.roles.isPresent())
            return {};
        std::vector<RoleId> roles = storedRoles(change.roles.valueOr({}), guild);
        GH_CHECK(rules.mayHaveRoles(member.roles, roles));
        member.roles = std::move(roles);
        return {};
    });
}

Result<Member> MemberEditing::modifyOwn(const Caller &who, GuildId guild,
                                        const Submitted<ModifyOwnMember> &submitted)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireMember(who.user, guild));
    GH_TRY(const ModifyOwnMember change, submitted.checked());
    if (change.nick.isPresent() && !grant.has(Permission::ChangeNickname))
        return refuse(ErrorCode::MissingPermissions);
    return apply(grant, who.user, [&](MemberRecord &member) -> Result<void> {
        if (change.nick.isPresent())
            member.nick = storedNick(change.nick);
        return {};
    });
}

Result<void> MemberEditing::setRole(const Caller &who, GuildId guild, UserId user, RoleId role,
                                    bool granted)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireMember(who.user, guild));
    if (!grant.snapshot().member(user))
        return refuse(ErrorCode::UnknownMember);
    if (!grant.snapshot().role(role))
        return refuse(ErrorCode::UnknownRole);
    const MemberRules rules(grant, user);
    if (!grant.has(Permission::ManageRoles) || !rules.isBelowOrSelf())
        return refuse(ErrorCode::MissingPermissions);
    GH_CHECK(rules.mayManage(role));
    const auto changed = apply(grant, user, [&](MemberRecord &member) -> Result<void> {
        std::erase(member.roles, role);
        if (granted)
            member.roles.insert(std::lower_bound(member.roles.begin(), member.roles.end(), role),
                                role);
        return {};
    });
    GH_CHECK(changed);
    return {};
}

Result<void> MemberEditing::grantRole(const Caller &who, GuildId guild, UserId user, RoleId role)
{
    return setRole(who, guild, user, role, true);
}

Result<void> MemberEditing::revokeRole(const Caller &who, GuildId guild, UserId user, RoleId role)
{
    return setRole(who, guild, user, role, false);
}

} // namespace guildhall
