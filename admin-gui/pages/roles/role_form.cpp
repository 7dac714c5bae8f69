// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/roles/role_form.h"

#include "admin-gui/widgets/cell_delegates.h"
#include "admin-gui/widgets/id_label.h"
#include "admin-gui/widgets/labels.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>

namespace guildhall::console {

namespace {
constexpr int longestName = 100; // @source api.md 13
} // namespace

RoleForm::RoleForm(RoleDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_name(new QLineEdit(this))
    , m_color(new QPushButton(this))
    , m_noColor(new QPushButton(tr("No colour"), this))
    , m_hoist(new QCheckBox(tr("List &members apart"), this))
    , m_mentionable(new QCheckBox(tr("&Anybody may mention it"), this))
    , m_id(new IdLabel(this))
{
    m_name->setObjectName(QStringLiteral("roleName"));
    m_name->setAccessibleName(tr("Name of the role"));
    m_name->setMaxLength(longestName);
    m_color->setObjectName(QStringLiteral("roleColor"));
    m_hoist->setObjectName(QStringLiteral("roleHoist"));
    m_id->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred); // at the right edge
    m_mentionable->setObjectName(QStringLiteral("roleMentionable"));
    build();
    connectFields();
    refresh();
}

void RoleForm::build()
{
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    auto *nameLabel = new QLabel(tr("&Name"), this);
    nameLabel->setBuddy(m_name);
    first->addWidget(nameLabel);
    first->addWidget(m_name, 1);
    first->addWidget(m_color);
    first->addWidget(m_noColor);
    auto *second = new QHBoxLayout;
    second->setSpacing(16);
    second->addWidget(m_hoist);
    second->addWidget(m_mentionable);
    second->addStretch();
    second->addWidget(mutedLabel(tr("Id")));
    second->addWidget(m_id);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(8);
    column->addLayout(first);
    column->addLayout(second);
}

void RoleForm::connectFields()
{
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &name) {
        if (!name.trimmed().isEmpty())
            m_draft.setName(m_role, name.trimmed());
    });
    // A name that was cleared and left stands for no change.
    connect(m_name, &QLineEdit::editingFinished, this, &RoleForm::refresh);
    connect(m_hoist, &QCheckBox::clicked, this, [this](bool on) { m_draft.setHoist(m_role, on); });
    connect(m_mentionable, &QCheckBox::clicked, this,
            [this](bool on) { m_draft.setMentionable(m_role, on); });
    connect(m_color, &QPushButton::clicked, this, &RoleForm::chooseColor);
    connect(m_noColor, &QPushButton::clicked, this, [this] { m_draft.setColor(m_role, 0); });
    connect(&m_draft, &RoleDraft::edited, this, &RoleForm::refresh);
    connect(&m_draft, &RoleDraft::restructured, this, &RoleForm::refresh);
}

void RoleForm::setRole(RoleId role)
{
    m_role = role;
    refresh();
}

void RoleForm::setRights(const Rights &rights)
{
    m_rights = rights;
    refresh();
}

QIcon RoleForm::colorIcon(int color) const
{
    QPixmap pixmap(QSize(16, 16) * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawRoleColor(painter, QRectF(1, 1, 14, 14), color);
    return QIcon(pixmap);
}

void RoleForm::refresh()
{
    const bool known = m_draft.contains(m_role);
    setEnabled(known);
    if (!known)
        return;
    const Role role = m_draft.role(m_role);
    const QString why = m_rights.whyNotEditRole(m_draft.base(m_role));
    const bool everyone = m_role == m_draft.everyone();
    // The caret stays where it is while the name is being typed.
    if (!m_name->hasFocus() || m_name->text().trimmed() != role.name)
        m_name->setText(role.name);
    m_color->setIcon(colorIcon(role.color));
    m_color->setText(role.color == 0
                         ? tr("Colour…")
                         : QStringLiteral("#%1").arg(role.color, 6, 16, QLatin1Char('0')));
    m_color->setAccessibleName(tr("Colour of the role"));
    m_hoist->setChecked(role.hoist);
    m_mentionable->setChecked(role.mentionable);
    m_id->setId(m_role.toString());
    const QString tip = everyone ? tr("Of @everyone only permissions can be changed.") : why;
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_name, m_color, m_noColor, m_hoist, m_mentionable}) {
        field->setEnabled(tip.isEmpty());
        field->setToolTip(tip);
    }
    m_noColor->setEnabled(tip.isEmpty() && role.color != 0);
}

void RoleForm::chooseColor()
{
    const int now = m_draft.role(m_role).color;
    auto *dialog = new QColorDialog(QColor::fromRgb(QRgb(now)), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Colour of the role"));
    const RoleId role = m_role; // another one may be chosen while the dialog is open
    connect(dialog, &QColorDialog::colorSelected, this, [this, role](const QColor &color) {
        m_draft.setColor(role, int(color.rgb() & 0xffffffu));
    });
    dialog->open();
}

} // namespace guildhall::console
