// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/application/application_controller.h"

#include "server/gateway/rest/router.h"
#include "server/modules/application/application_service.h"
#include "server/modules/application/bot_authorization.h"
#include "shared/api/application_api.h"

namespace guildhall {

using Self = ApplicationController;

ApplicationController::ApplicationController(const Kernel &kernel, ApplicationService &applications,
                                             BotAuthorization &authorization)
    : m_applications(applications)
    , m_authorization(authorization)
{
    Router &routes = kernel.routes;
    routes.bind(api::createApplication, this, &Self::create);
    routes.bind(api::listApplications, this, &Self::list);
    routes.bind(api::getOwnApplication, this, &Self::own);
    routes.bind(api::getOwnApplicationOauth2, this, &Self::own);
    // Images are decoded: kept off the threads that answer everybody.
    routes.bind(api::modifyOwnApplication, this, &Self::modifyOwn, Work::Heavy);
    routes.bind(api::modifyApplication, this, &Self::modify, Work::Heavy);
    routes.bind(api::getApplication, this, &Self::find);
    routes.bind(api::deleteApplication, this, &Self::remove);
    routes.bind(api::createBot, this, &Self::createBot);
    routes.bind(api::resetBot, this, &Self::resetBot);
    routes.bind(api::authorizeBot, this, &Self::authorize);
    routes.bind(api::listIntegrations, this, &Self::integrations);
}

Result<Application> ApplicationController::create(const Caller &who, const CreateApplication &body)
{
    return m_applications.create(who, body);
}

Result<std::vector<Application>> ApplicationController::list(const Caller &who)
{
    return m_applications.list(who);
}

Result<Application> ApplicationController::find(const Caller &who, ApplicationId id)
{
    return m_applications.find(who, id);
}

Result<Application> ApplicationController::modify(const Caller &who, ApplicationId id,
                                                  const Submitted<ModifyApplication> &body)
{
    return m_applications.modify(who, id, body);
}

Result<api::NoReply> ApplicationController::remove(const Caller &who, ApplicationId id)
{
    GH_CHECK(m_applications.remove(who, id));
    return api::NoReply{};
}

Result<IssuedBotToken> ApplicationController::createBot(const Caller &who, ApplicationId id)
{
    return m_applications.issueToken(who, id);
}

Result<IssuedBotToken> ApplicationController::resetBot(const Caller &who, ApplicationId id)
{
    GH_TRY(const IssuedBotToken issued, m_applications.issueToken(who, id));
    return IssuedBotToken{issued.token, std::nullopt, std::nullopt};
}

Result<Application> ApplicationController::own(const Caller &who)
{
    return m_applications.own(who);
}

Result<Application> ApplicationController::modifyOwn(const Caller &who,
                                                     const Submitted<ModifyApplication> &body)
{
    return m_applications.modifyOwn(who, body);
}

Result<AuthorizedBot>
ApplicationController::authorize(const Caller &who,
                                 const api::QueryAndBody<AuthorizeBotQuery, AuthorizeBot> &input)
{
    return m_authorization.authorize(who, input);
}

Result<std::vector<Integration>> ApplicationController::integrations(const Caller &who,
                                                                     GuildId guild)
{
    return m_authorization.list(who, guild);
}

} // namespace guildhall
