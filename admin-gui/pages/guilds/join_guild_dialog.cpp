// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/guilds/join_guild_dialog.h"

#include "admin-gui/api/api_client.h"
#include "admin-gui/api/on_answer.h"
#include "admin-gui/models/invite_code.h"
#include "shared/api/invite_api.h"

namespace guildhall::console {

namespace {

/// The server's sentence for this one is two words.
CallError readable(CallError error)
{
    if (error.answered && error.code == ErrorCode::UnknownInvite) {
        error.message = JoinGuildDialog::tr(
            "This server has no such invite. It may be mistyped, used up, expired or revoked.");
    }
    return error;
}

} // namespace

JoinGuildDialog::JoinGuildDialog(ApiClient &api, QWidget *parent)
    : AddGuildDialog({tr("Join with an invite"), tr("&Invite"), tr("Code or link"),
                      tr("Somebody in the guild can give you one."), tr("Join guild")},
                     parent)
    , m_api(api)
{ }

QString JoinGuildDialog::problemWith(const QString &line) const
{
    return inviteCodeOf(line).isEmpty() ? tr("This is neither the code nor the link of an invite.")
                                        : QString();
}

void JoinGuildDialog::send(const QString &line)
{
    onAnswer(m_api.call(api::acceptInvite, {inviteCodeOf(line)}), this,
             [this](const CallResult<AcceptedInvite> &accepted) {
                 take(accepted.map([](const AcceptedInvite &invite) { return invite.guild.id; })
                          .map_error(readable));
             });
}

} // namespace guildhall::console
