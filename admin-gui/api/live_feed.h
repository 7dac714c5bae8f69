// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/gateway_link.h"
#include "shared/dto/gateway_guild.h"
#include "shared/dto/presence.h"

#include <QObject>

#include <vector>

namespace guildhall::console {

/// The gateway as the pages' models hear it: events as typed signals.
/// @thread GUI
class LiveFeed : public QObject, private DispatchListener {
    Q_OBJECT

public:
    explicit LiveFeed(std::unique_ptr<SocketTransport> socket, BackOff backOff = BackOff(),
                      QObject *parent = nullptr);

    GatewayLink &link() { return m_link; }

Q_SIGNALS:
    /// The state from which the following events go on: at the beginning, and again whenever a
    /// session could not be resumed. Guilds that are out are missing.
    void ready(const guildhall::UserSelf &self, const std::vector<guildhall::GatewayGuild> &guilds);
    /// Nothing was missed.
    void resumed();

    void guildAdded(const guildhall::GatewayGuild &guild);
    void guildChanged(const guildhall::Guild &guild);
    void guildRemoved(guildhall::GuildId guild);
    void memberJoined(const guildhall::GuildMember &member);
    void memberChanged(const guildhall::GuildMember &member);
    void memberLeft(guildhall::GuildId guild, const guildhall::User &user);
    /// A role is new or has changed; which of the two makes no difference to a listener.
    void roleChanged(guildhall::GuildId guild, const guildhall::Role &role);
    void roleRemoved(guildhall::GuildId guild, guildhall::RoleId role);
    void presenceChanged(const guildhall::Presence &presence);
    void channelChanged(const guildhall::Channel &channel);
    void channelRemoved(const guildhall::Channel &channel);
    /// The signed-in account itself.
    void selfChanged(const guildhall::UserSelf &self);
    /// An event that should have been known could not be read: what is shown may be out of date.
    void unreadable(const QByteArray &event);

private:
    void onDispatch(QByteArrayView name, const json::Value &d) override;
    void onReady(const json::Value &d);
    void onGuildCreate(const json::Value &d);

    GatewayLink m_link;
};

} // namespace guildhall::console
