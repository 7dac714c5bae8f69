// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/application.h"
#include "shared/dto/integration.h"

namespace guildhall::api {

inline constexpr auto createApplication
    = Endpoint<Application, CreateApplication>{Verb::Post, "/applications", Access::User,
                                               limits::write, "Makes an application with its bot."}
          .answering(201);
inline constexpr Endpoint<std::vector<Application>, NoInput> listApplications{
    Verb::Get, "/applications", Access::User, limits::read,
    "The applications that the account owns."};
inline constexpr Endpoint<Application, NoInput> getOwnApplication{
    Verb::Get, "/applications/@me", Access::Bot, limits::read,
    "The application of the bot that calls."};
inline constexpr Endpoint<Application, NoInput> getOwnApplicationOauth2{
    Verb::Get, "/oauth2/applications/@me", Access::Bot, limits::read,
    "The application of the bot that calls; older path."};
inline constexpr auto modifyOwnApplication
    = Endpoint<Application, ModifyApplication>{Verb::Patch, "/applications/@me", Access::Bot,
                                               limits::write, "A bot changes its application."}
          .withImages();
inline constexpr Endpoint<Application, NoInput, ApplicationId> getApplication{
    Verb::Get, "/applications/{application}", Access::User, limits::read,
    "One application, for its owner."};
inline constexpr auto modifyApplication
    = Endpoint<Application, ModifyApplication, ApplicationId>{Verb::Patch,
                                                              "/applications/{application}",
                                                              Access::User, limits::write,
                                                              "The owner changes an application."}
          .withImages();
inline constexpr Endpoint<NoReply, NoInput, ApplicationId> deleteApplication{
    Verb::Delete, "/applications/{application}", Access::User, limits::write,
    "The owner deletes an application; its bot leaves every guild."};
inline constexpr Endpoint<IssuedBotToken, NoInput, ApplicationId> createBot{
    Verb::Post, "/applications/{application}/bot", Access::User, limits::write,
    "Issues a bot token; an earlier one dies."};
inline constexpr Endpoint<IssuedBotToken, NoInput, ApplicationId> resetBot{
    Verb::Post, "/applications/{application}/bot/reset", Access::User, limits::write,
    "Issues a new bot token and closes the bot's gateway sessions."};
inline constexpr Endpoint<AuthorizedBot, QueryAndBody<AuthorizeBotQuery, AuthorizeBot>>
    authorizeBot{Verb::Post, "/oauth2/authorize", Access::User, limits::write,
                 "Adds a bot to a guild."};
inline constexpr Endpoint<std::vector<Integration>, NoInput, GuildId> listIntegrations{
    Verb::Get, "/guilds/{guild}/integrations", Access::Account, limits::read,
    "The bots in a guild, for its managers."};

} // namespace guildhall::api
