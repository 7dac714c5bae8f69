// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/application/application_service.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "server/infrastructure/security/bot_token.h"
#include "server/infrastructure/security/random.h"
#include "server/infrastructure/security/token_digest.h"
#include "server/modules/application/application_repository.h"
#include "server/modules/application/application_view.h"
#include "server/modules/auth/auth_service.h"
#include "server/modules/member/member_service.h"
#include "server/modules/user/user_service.h"

namespace guildhall {

namespace {

ApplicationChanges changesByBot(const ModifyApplication &body)
{
    ApplicationChanges changes;
    if (body.description.isPresent())
        changes.description = body.description.valueOr(QString());
    if (body.icon.isPresent()) {
        changes.icon
            = body.icon.hasValue() ? Patch<QString>(body.icon->hash()) : Patch<QString>::clear();
    }
    return changes;
}

ApplicationChanges changesByOwner(const ModifyApplication &body)
{
    ApplicationChanges changes = changesByBot(body);
    changes.name = body.name;
    changes.botPublic = body.botPublic;
    return changes;
}

} // namespace

ApplicationService::ApplicationService(const Kernel &kernel, UserService &users, AuthService &auth,
                                       MemberService &members)
    : m_kernel(kernel)
    , m_users(users)
    , m_auth(auth)
    , m_members(members)
{ }

Result<ApplicationRecord> ApplicationService::require(const Caller &who, ApplicationId id)
{
    auto record = ApplicationRepository::find(m_kernel.database.session(), id);
    if (!record)
        return refuse(ErrorCode::UnknownApplication);
    if (record->owner != who.user)
        return refuse(ErrorCode::NotApplicationOwner);
    return std::move(*record);
}

Result<Application> ApplicationService::withUsers(const ApplicationRecord &record)
{
    const std::optional<User> owner = m_users.find(record.owner);
    const std::optional<User> bot = m_users.find(record.bot());
    if (!owner || !bot)
        return refuse(ErrorCode::UnknownApplication); // deleted since
    return toApplication(record, *owner, *bot);
}

Result<Application> ApplicationService::shown(ApplicationId id)
{
    const auto record = ApplicationRepository::find(m_kernel.database.session(), id);
    if (!record)
        return refuse(ErrorCode::UnknownApplication);
    return withUsers(*record);
}

Result<Application> ApplicationService::create(const Caller &who, const CreateApplication &body)
{
    ApplicationRecord wanted;
    wanted.id = m_kernel.ids.next<ApplicationId>();
    wanted.owner = who.user;
    wanted.name = body.name;
    wanted.description = body.description.value_or(QString());
    wanted.verifyKey = QString::fromLatin1(random::hexId(32));
    GH_TRY(const ApplicationRecord made,
           m_kernel.database.transact([&](db::Tx &tx) -> Result<ApplicationRecord> {
               ApplicationRepository::lockAccount(tx, who.user);
               if (ApplicationRepository::countOfOwner(tx, who.user) >= maxApplications) {
                   return refuse(ErrorCode::InvalidFormBody,
                                 QStringLiteral("Maximum number of applications reached (%1)")
                                     .arg(maxApplications));
               }
               m_users.createBot(tx, wanted.bot(), wanted.name);
               return ApplicationRepository::insert(tx, wanted, m_kernel.clock.now());
           }));
    return withUsers(made);
}

Result<std::vector<Application>> ApplicationService::list(const Caller &who)
{
    std::vector<Application> applications;
    for (const ApplicationRecord &record :
         ApplicationRepository::ofOwner(m_kernel.database.session(), who.user)) {
        if (auto application = withUsers(record))
            applications.push_back(std::move(*application));
    }
    return applications;
}

Result<Application> ApplicationService::find(const Caller &who, ApplicationId id)
{
    GH_TRY(const ApplicationRecord record, require(who, id));
    return withUsers(record);
}

Result<Application> ApplicationService::modify(const Caller &who, ApplicationId id,
                                               const Submitted<ModifyApplication> &submitted)
{
    GH_CHECK(require(who, id));
    GH_TRY(const ModifyApplication body, submitted.checked());
    GH_CHECK(m_kernel.database.transact([&](db::Tx &tx) -> Result<void> {
        ApplicationRepository::change(tx, id, changesByOwner(body));
        return {};
    }));
    return shown(id);
}

Result<void> ApplicationService::remove(const Caller &who, ApplicationId id)
{
    GH_CHECK(require(who, id));
    const std::optional<User> bot = m_users.find(UserId(id));
    if (!bot)
        return refuse(ErrorCode::UnknownApplication);
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<void> {
        if (!ApplicationRepository::hold(tx, id))
            return refuse(ErrorCode::UnknownApplication);
        ApplicationRepository::lockAccount(tx, bot->id);
        for (const GuildId guild : ApplicationRepository::guildsOf(tx, bot->id))
            GH_CHECK(m_members.remove(tx, guild, *bot));
        ApplicationRepository::remove(tx, id);
        GH_CHECK(m_users.retire(tx, bot->id));
        m_auth.revokeAll(tx, bot->id);
        return {};
    });
}

Result<IssuedBotToken> ApplicationService::issueToken(const Caller &who, ApplicationId id)
{
    GH_TRY(const ApplicationRecord record, require(who, id));
    const QByteArray token = botToken::make(record.bot(), m_kernel.clock.now()).reveal();
    GH_CHECK(m_kernel.database.transact([&](db::Tx &tx) -> Result<void> {
        if (!ApplicationRepository::storeToken(tx, id, tokenDigest(token)))
            return refuse(ErrorCode::UnknownApplication);
        m_auth.revokeAll(tx, record.bot());
        return {};
    }));
    IssuedBotToken issued;
    issued.token = QString::fromLatin1(token);
    issued.bot = m_users.find(record.bot());
    issued.userId = record.bot();
    return issued;
}

Result<Application> ApplicationService::own(const Caller &who)
{
    return shown(ApplicationId(who.user));
}

Result<Application> ApplicationService::modifyOwn(const Caller &who,
                                                  const Submitted<ModifyApplication> &submitted)
{
    const ApplicationId id(who.user);
    GH_CHECK(shown(id));
    GH_TRY(const ModifyApplication body, submitted.checked());
    GH_CHECK(m_kernel.database.transact([&](db::Tx &tx) -> Result<void> {
        ApplicationRepository::change(tx, id, changesByBot(body));
        return {};
    }));
    return shown(id);
}

} // namespace guildhall
