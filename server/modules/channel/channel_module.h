// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/channel/channel_controller.h"

namespace guildhall {

/// Channels of guilds and what they change for roles and members.
class ChannelModule {
public:
    ChannelModule(const Kernel &kernel, PermissionService &permissions);

    ChannelService &service() { return m_service; }

private:
    ChannelService m_service;
    ChannelEditing m_editing;
    ChannelController m_controller;
};

} // namespace guildhall
