// SPDX-License-Identifier: GPL-3.0-or-later
// Kicking on the members page. Everything here knows its guild: another one may be in view by the
// time the question is answered or the kicks are done.
#include "admin-gui/models/visible_text.h"
#include "admin-gui/pages/members/kick_dialog.h"
#include "admin-gui/pages/members/members_page.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/notice_banner.h"

namespace guildhall::console {

namespace {
constexpr int fewKicks = 5; // are done before one could read how far they are
} // namespace

void MembersPage::askToKick()
{
    const std::vector<Member> members = chosen();
    const GuildView *guild = m_session.directory().guild(m_guild);
    if (guild == nullptr || !whyNotKick(members).isEmpty())
        return;
    auto *dialog = new KickDialog(*guild, members, m_rights, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, id = m_guild] { kick(id, dialog->targets(), dialog->reason()); });
    dialog->open();
}

void MembersPage::kick(GuildId guild, const std::vector<Member> &targets, const QString &reason)
{
    if (m_kicks.contains(guild))
        return;
    errors().dismiss();
    auto *run = new KickRun(m_session.api(), guild, targets, reason, this);
    m_kicks.insert(guild, run);
    connect(run, &KickRun::progressed, this, &MembersPage::showKicks);
    connect(run, &KickRun::finished, this, &MembersPage::onKicked);
    run->start();
    updateActions();
}

void MembersPage::showKicks()
{
    const KickRun *run = m_kicks.value(m_guild);
    if (run == nullptr || (run->total() < fewKicks && run->waitSeconds() == 0))
        return;
    QString text = tr("Kicked %1 of %2.").arg(run->done()).arg(run->total());
    if (run->waitSeconds() > 0) {
        text += u' '
            + tr("The server asks to wait; it goes on in %n second(s).", nullptr,
                 run->waitSeconds());
    }
    notices().showProgress(text, tr("Stop"), [this, guild = run->guild()] {
        if (KickRun *going = m_kicks.value(guild))
            going->cancel();
    });
}

void MembersPage::onKicked(const KickResult &result)
{
    m_kicks.remove(result.guild);
    if (result.guild == m_guild)
        showKicked(result);
    else
        m_unseen.insert_or_assign(result.guild, result);
    updateActions();
}

void MembersPage::showKicked(const KickResult &result)
{
    QStringList sentences;
    if (result.kicked > 0)
        sentences.append(tr("%n member(s) kicked.", nullptr, result.kicked));
    if (result.untried > 0)
        sentences.append(tr("Stopped: %n member(s) stay.", nullptr, result.untried));
    if (sentences.isEmpty())
        notices().hide();
    else
        notices().offer(sentences.join(u' '), {}, {});
    if (result.failures.empty())
        return;
    std::vector<Member> members;
    std::vector<NamedError> failures;
    for (const KickResult::Failure &failure : result.failures) {
        members.push_back(failure.member);
        failures.push_back({inSentence(displayName(failure.member)), failure.error});
    }
    m_retry = [this, guild = result.guild, members, reason = result.reason] {
        kick(guild, members, reason);
    };
    errors().showErrors(tr("Not kicked"), failures, true);
}

/// Of a guild that comes into view, what happened while it was not.
void MembersPage::showUnseenKicks()
{
    showKicks();
    const auto unseen = m_unseen.extract(m_guild);
    if (unseen)
        showKicked(unseen.mapped());
}

/// A run would go on with the token of whoever signs in next.
void MembersPage::dropKicks()
{
    qDeleteAll(std::exchange(m_kicks, {}));
    m_unseen.clear();
}

} // namespace guildhall::console
