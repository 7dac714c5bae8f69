// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/invite/invite_controller.h"

#include "server/gateway/rest/router.h"
#include "shared/api/invite_api.h"

namespace guildhall {

InviteController::InviteController(Router &routes, InviteService &invites,
                                   InviteAcceptance &acceptance)
    : m_invites(invites)
    , m_acceptance(acceptance)
{
    routes.bind(api::listGuildInvites, this, &InviteController::listOfGuild);
    routes.bind(api::listChannelInvites, this, &InviteController::listOfChannel);
    routes.bind(api::createInvite, this, &InviteController::create);
    routes.bind(api::getInvite, this, &InviteController::find);
    routes.bind(api::acceptInvite, this, &InviteController::accept);
    routes.bind(api::deleteInvite, this, &InviteController::remove);
}

Result<std::vector<InviteWithMetadata>> InviteController::listOfGuild(const Caller &who,
                                                                      GuildId guild)
{
    return m_invites.ofGuild(who, guild);
}

Result<std::vector<InviteWithMetadata>> InviteController::listOfChannel(const Caller &who,
                                                                        ChannelId channel)
{
    return m_invites.ofChannel(who, channel);
}

Result<InviteWithMetadata> InviteController::create(const Caller &who, ChannelId channel,
                                                    const Submitted<CreateInvite> &body)
{
    return m_invites.create(who, channel, body);
}

Result<Invite> InviteController::find(const Caller &, const QString &code, const GetInvite &query)
{
    return m_invites.find(code, query);
}

Result<AcceptedInvite> InviteController::accept(const Caller &who, const QString &code)
{
    return m_acceptance.accept(who, code);
}

Result<Invite> InviteController::remove(const Caller &who, const QString &code)
{
    return m_invites.remove(who, code);
}

} // namespace guildhall
