// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/application/bot_authorization.h"

#include "server/infrastructure/database/database.h"
#include "server/modules/application/application_repository.h"
#include "server/modules/application/application_view.h"
#include "server/modules/member/member_service.h"
#include "server/modules/role/role_service.h"
#include "server/modules/user/user_service.h"

#include <QUrlQuery>

namespace guildhall {

namespace {

/// @error InvalidFormBody
Result<ApplicationId> applicationOf(const AuthorizeBotQuery &query, const AuthorizeBot &body)
{
    const auto id = body.clientId ? body.clientId : query.clientId;
    if (!id) {
        return refuseField({QStringLiteral("client_id")}, "BASE_TYPE_REQUIRED",
                           QStringLiteral("This field is required"));
    }
    const QString scope = query.scope.value_or(QStringLiteral("bot"));
    // In a query a plus is a blank, unless it came encoded.
    const QStringList scopes = QString(scope).replace(u'+', u' ').split(u' ', Qt::SkipEmptyParts);
    if (!scopes.contains(QStringLiteral("bot"))) {
        return refuseField({QStringLiteral("scope")}, "BASE_TYPE_CHOICES",
                           QStringLiteral("Value must be one of ('bot')."));
    }
    return *id;
}

AuthorizedBot answer(const Caller &who, const QUrlQuery &result)
{
    return {QString::fromLatin1(who.baseUrl) + QStringLiteral("/oauth2/authorized?")
            + result.toString(QUrl::FullyEncoded)};
}

} // namespace

BotAuthorization::BotAuthorization(const Kernel &kernel, PermissionService &permissions,
                                   UserService &users, RoleService &roles, MemberService &members)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_users(users)
    , m_roles(roles)
    , m_members(members)
{ }

Result<AuthorizedBot>
BotAuthorization::authorize(const Caller &who,
                            const api::QueryAndBody<AuthorizeBotQuery, AuthorizeBot> &input)
{
    const auto &[query, body] = input;
    GH_TRY(const ApplicationId id, applicationOf(query, body));
    const auto application = ApplicationRepository::find(m_kernel.database.session(), id);
    if (!application)
        return refuse(ErrorCode::UnknownApplication);
    GH_TRY(const GuildGrant grant,
           m_permissions.require(who.user, body.guildId, Permission::ManageGuild));
    if (!application->botPublic && application->owner != who.user)
        return refuse(ErrorCode::OwnerOnly);
    if (!body.authorize.value_or(true))
        return answer(who, {{QStringLiteral("error"), QStringLiteral("access_denied")}});
    const Permissions wanted
        = body.permissions.valueOr(query.permissions.value_or(Permissions::none()));
    GH_CHECK(add(grant, id, application->name, wanted));
    return answer(who,
                  {{QStringLiteral("guild_id"), body.guildId.toString()},
                   {QStringLiteral("permissions"), QString::number(wanted.bits())}});
}

Result<void> BotAuthorization::add(const GuildGrant &grant, ApplicationId id,
                                   const QString &roleName, Permissions permissions)
{
    const std::optional<User> bot = m_users.find(UserId(id));
    if (!bot)
        return refuse(ErrorCode::UnknownApplication);
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<void> {
        // Two who add the bot at once make one member with one role.
        if (!ApplicationRepository::hold(tx, id))
            return refuse(ErrorCode::UnknownApplication);
        ApplicationRepository::lockAccount(tx, bot->id);
        if (m_members.member(tx, grant.guild(), bot->id))
            return {};
        std::vector<RoleId> roles;
        if (!(permissions & grant.permissions()).isEmpty()) {
            GH_TRY(const Role role,
                   m_roles.createManaged(tx, grant, bot->id, roleName, permissions));
            roles.push_back(role.id);
        }
        GH_CHECK(m_members.join(tx, grant.guild(), *bot, roles));
        return {};
    });
}

Result<std::vector<Integration>> BotAuthorization::list(const Caller &who, GuildId guild)
{
    GH_CHECK(m_permissions.require(who.user, guild, Permission::ManageGuild));
    std::vector<Integration> bots;
    for (const ApplicationRecord &record :
         ApplicationRepository::inGuild(m_kernel.database.session(), guild)) {
        if (const std::optional<User> bot = m_users.find(record.bot()))
            bots.push_back(toIntegration(record, *bot));
    }
    return bots;
}

} // namespace guildhall
