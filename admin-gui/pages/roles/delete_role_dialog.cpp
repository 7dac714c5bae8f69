// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/roles/delete_role_dialog.h"

#include "admin-gui/models/visible_text.h"
#include "admin-gui/widgets/button_kind.h"
#include "admin-gui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace guildhall::console {

namespace {

int channelsWith(const GuildView &guild, RoleId role)
{
    return int(std::count_if(guild.channels.begin(), guild.channels.end(), [role](const auto &c) {
        const auto &overwrites = c.second.permissionOverwrites;
        return std::any_of(overwrites.begin(), overwrites.end(),
                           [role](const Overwrite &o) { return o.id == OverwriteId(role); });
    }));
}

QString holdersText(const GuildView &guild, RoleId role)
{
    if (!guild.membersComplete)
        return DeleteRoleDialog::tr("All its members lose it.");
    const int holders = guild.holdersOf(role);
    return holders == 0 ? DeleteRoleDialog::tr("No member has it.")
                        : DeleteRoleDialog::tr("%n member(s) lose it.", nullptr, holders);
}

QString preview(const GuildView &guild, const Role &role)
{
    QStringList sentences{holdersText(guild, role.id)};
    if (const int channels = channelsWith(guild, role.id); channels > 0) {
        sentences.append(DeleteRoleDialog::tr("%n channel(s) have settings for it, which go too.",
                                              nullptr, channels));
    }
    sentences.append(DeleteRoleDialog::tr("This cannot be undone."));
    return sentences.join(u' ');
}

} // namespace

DeleteRoleDialog::DeleteRoleDialog(const GuildView &guild, const Role &role, QWidget *parent)
    : QDialog(parent)
    , m_wanted(displayName(role).simplified())
    , m_typed(new QLineEdit(this))
{
    setObjectName(QStringLiteral("deleteRoleDialog"));
    setWindowTitle(tr("Delete role"));
    auto *facts = plainLabel(preview(guild, role), this);
    facts->setWordWrap(true);
    auto *ask = mutedLabel(tr("Type the role's name to delete it:"), this);
    m_typed->setObjectName(QStringLiteral("typedName"));
    m_typed->setPlaceholderText(m_wanted);
    m_typed->setAccessibleName(ask->text());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_delete = buttons->addButton(tr("Delete role"), QDialogButtonBox::AcceptRole);
    m_delete->setObjectName(QStringLiteral("confirmDelete"));
    setButtonKind(m_delete, ButtonKind::Danger);
    m_delete->setEnabled(false);
    connect(m_typed, &QLineEdit::textChanged, this,
            [this, real = role.name.simplified()](const QString &text) {
                const QString typed = text.simplified();
                m_delete->setEnabled(typed == m_wanted || typed == real);
            });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(10);
    column->addWidget(headingLabel(tr("Delete “%1”?").arg(inSentence(m_wanted)), 2, this));
    column->addWidget(facts);
    column->addWidget(ask);
    column->addWidget(m_typed);
    column->addWidget(buttons);
    setMinimumWidth(440);
}

} // namespace guildhall::console
