// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/ready/ready_service.h"

namespace guildhall {

/// What gateway sessions start from.
class ReadyModule {
public:
    ReadyModule(const Kernel &kernel, UserService &users, GuildService &guilds,
                ChannelService &channels, MemberService &members, PresenceService &presence)
        : m_service(kernel, users, guilds, channels, members, presence)
    { }

    ReadyService &service() { return m_service; }

private:
    ReadyService m_service;
};

} // namespace guildhall
