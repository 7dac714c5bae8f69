// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/application/application_record.h"
#include "server/modules/kernel.h"
#include "shared/core/result.h"
#include "shared/dto/application.h"

namespace guildhall {

class AuthService;
class MemberService;
class UserService;

/// People's applications and the bots in them.
/// @thread api pool (blocks)
/// @source api.md 6.3
class ApplicationService {
public:
    /// Of one owner. @source api.md 13
    static constexpr int maxApplications = 25;

    ApplicationService(const Kernel &kernel, UserService &users, AuthService &auth,
                       MemberService &members);

    /// With its bot, which has no token yet.
    /// @error InvalidFormBody  also when the owner has too many
    Result<Application> create(const Caller &who, const CreateApplication &body);
    /// The caller's own, by id.
    Result<std::vector<Application>> list(const Caller &who);
    /// @error UnknownApplication, NotApplicationOwner
    Result<Application> find(const Caller &who, ApplicationId id);
    /// @error UnknownApplication, NotApplicationOwner, InvalidFormBody
    Result<Application> modify(const Caller &who, ApplicationId id,
                               const Submitted<ModifyApplication> &submitted);
    /// The bot leaves every guild; its account stays, disabled, for what it wrote.
    /// @error UnknownApplication, NotApplicationOwner; InvalidGuild when the bot owns a guild
    /// @event MemberLeft in each guild, UserUpdated, TokensRevoked
    Result<void> remove(const Caller &who, ApplicationId id);

    /// A new token for the bot; an earlier one dies, and so do its gateway sessions.
    /// @error UnknownApplication, NotApplicationOwner  @event TokensRevoked
    Result<IssuedBotToken> issueToken(const Caller &who, ApplicationId id);

    /// The application of the bot that calls. @error UnknownApplication
    Result<Application> own(const Caller &who);
    /// A bot changes description and icon; what else there is belongs to its owner.
    /// @error UnknownApplication, InvalidFormBody
    Result<Application> modifyOwn(const Caller &who, const Submitted<ModifyApplication> &submitted);

private:
    Result<ApplicationRecord> require(const Caller &who, ApplicationId id);
    Result<Application> shown(ApplicationId id);
    Result<Application> withUsers(const ApplicationRecord &record);

    Kernel m_kernel;
    UserService &m_users;
    AuthService &m_auth;
    MemberService &m_members;
};

} // namespace guildhall
