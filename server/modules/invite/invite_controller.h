// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/invite/invite_acceptance.h"
#include "server/modules/invite/invite_service.h"

namespace guildhall {

class Router;

/// The routes of invites.
class InviteController {
public:
    InviteController(Router &routes, InviteService &invites, InviteAcceptance &acceptance);

    Result<std::vector<InviteWithMetadata>> listOfGuild(const Caller &who, GuildId guild);
    Result<std::vector<InviteWithMetadata>> listOfChannel(const Caller &who, ChannelId channel);
    Result<InviteWithMetadata> create(const Caller &who, ChannelId channel,
                                      const Submitted<CreateInvite> &body);
    Result<Invite> find(const Caller &who, const QString &code, const GetInvite &query);
    Result<AcceptedInvite> accept(const Caller &who, const QString &code);
    Result<Invite> remove(const Caller &who, const QString &code);

private:
    InviteService &m_invites;
    InviteAcceptance &m_acceptance;
};

} // namespace guildhall
