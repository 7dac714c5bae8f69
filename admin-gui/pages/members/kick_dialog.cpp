// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/members/kick_dialog.h"

#include "admin-gui/models/visible_text.h"
#include "admin-gui/widgets/button_kind.h"
#include "admin-gui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace guildhall::console {

namespace {
constexpr int longestReason = 512; // @source api.md 13
} // namespace

KickDialog::KickDialog(const GuildView &guild, const std::vector<Member> &chosen,
                       const Rights &rights, QWidget *parent)
    : QDialog(parent)
    , m_reason(new QLineEdit(this))
{
    setObjectName(QStringLiteral("kickDialog"));
    QWidget *preview = makePreview(chosen, rights);
    setWindowTitle(tr("Kick %n member(s)", nullptr, int(m_targets.size())));
    m_reason->setMaxLength(longestReason);
    m_reason->setPlaceholderText(tr("For the audit log; the members do not see it"));
    auto *reasonLabel = new QLabel(tr("&Reason"), this);
    reasonLabel->setBuddy(m_reason);
    auto *note = mutedLabel(
        tr("This cannot be undone. Who is kicked loses their roles and nickname in “%1”, and can "
           "come back with an invite.")
            .arg(inSentence(guild.guild.name)),
        this);
    note->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *kick = buttons->addButton(windowTitle(), QDialogButtonBox::AcceptRole);
    kick->setObjectName(QStringLiteral("confirmKick"));
    setButtonKind(kick, ButtonKind::Danger);
    kick->setEnabled(!m_targets.empty());
    // Enter in a dialog that takes something away must not be a habit.
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(10);
    column->addWidget(headingLabel(windowTitle(), 2, this));
    column->addWidget(preview, 1);
    column->addWidget(reasonLabel);
    column->addWidget(m_reason);
    column->addWidget(note);
    column->addWidget(buttons);
    resize(480, sizeHint().height());
}

QWidget *KickDialog::makePreview(const std::vector<Member> &chosen, const Rights &rights)
{
    auto *list = new QListWidget(this);
    list->setAccessibleName(tr("Who is kicked and who is not"));
    list->setSelectionMode(QAbstractItemView::NoSelection);
    for (const Member &member : chosen) {
        const QString shown = inSentence(displayName(member));
        const QString account = inSentence(userName(member.user));
        const QString name = shown == account ? shown : tr("%1 (%2)").arg(shown, account);
        const QString whyNot = rights.whyNotKick(member);
        if (whyNot.isEmpty())
            m_targets.push_back(member);
        auto *item = new QListWidgetItem(
            whyNot.isEmpty() ? name : tr("Not %1: %2").arg(name, whyNot), list);
        if (!whyNot.isEmpty())
            item->setFlags(Qt::NoItemFlags);
    }
    constexpr int mostRows = 7;
    const int rows = std::min(list->count(), mostRows);
    list->setFixedHeight(rows * list->sizeHintForRow(0) + 2 * list->frameWidth() + 12);
    return list;
}

QString KickDialog::reason() const
{
    return m_reason->text().trimmed();
}

} // namespace guildhall::console
