// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/kernel.h"
#include "shared/api/endpoint.h"
#include "shared/core/result.h"
#include "shared/dto/application.h"
#include "shared/dto/integration.h"

namespace guildhall {

class ApplicationService;
class BotAuthorization;

class ApplicationController {
public:
    ApplicationController(const Kernel &kernel, ApplicationService &applications,
                          BotAuthorization &authorization);

private:
    Result<Application> create(const Caller &who, const CreateApplication &body);
    Result<std::vector<Application>> list(const Caller &who);
    Result<Application> find(const Caller &who, ApplicationId id);
    Result<Application> modify(const Caller &who, ApplicationId id,
                               const Submitted<ModifyApplication> &body);
    Result<api::NoReply> remove(const Caller &who, ApplicationId id);
    Result<IssuedBotToken> createBot(const Caller &who, ApplicationId id);
    Result<IssuedBotToken> resetBot(const Caller &who, ApplicationId id);
    Result<Application> own(const Caller &who);
    Result<Application> modifyOwn(const Caller &who, const Submitted<ModifyApplication> &body);
    Result<AuthorizedBot>
    authorize(const Caller &who, const api::QueryAndBody<AuthorizeBotQuery, AuthorizeBot> &input);
    Result<std::vector<Integration>> integrations(const Caller &who, GuildId guild);

    ApplicationService &m_applications;
    BotAuthorization &m_authorization;
};

} // namespace guildhall
