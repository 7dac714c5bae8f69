// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/commands.h"

namespace guildhall {

class MemberChunkService;
class PresenceService;

/// Hands what gateway clients ask for to the modules that answer it.
class GatewayCommandRouter final : public realtime::GatewayCommands {
public:
    GatewayCommandRouter(PresenceService &presence, MemberChunkService &members);

    void updatePresence(const realtime::SessionHandle &session,
                        const realtime::PresenceUpdate &update) override;
    /// Accepted and without effect: there are no voice channels to be in yet.
    void updateVoiceState(const realtime::SessionHandle &,
                          const realtime::VoiceStateUpdate &) override
    { }
    void requestMembers(const realtime::SessionHandle &session,
                        const realtime::MembersRequest &request) override;

private:
    PresenceService &m_presence;
    MemberChunkService &m_members;
};

} // namespace guildhall
