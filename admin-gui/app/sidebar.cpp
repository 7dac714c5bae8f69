// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/sidebar.h"

#include "admin-gui/pages/page.h"
#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/icon_label.h"
#include "admin-gui/widgets/labels.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>

namespace guildhall::console {

Sidebar::Sidebar(Directory &directory, const std::vector<Page *> &pages, QWidget *parent)
    : QWidget(parent)
    , m_model(directory)
    , m_guilds(new QComboBox(this))
    , m_buttons(new QButtonGroup(this))
    , m_account(plainLabel({}, this))
    , m_server(mutedLabel({}, this))
{
    setObjectName(QStringLiteral("sidebar"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedWidth(220);
    auto *picture = new IconLabel(28);
    picture->setIcon(QIcon(QStringLiteral(":/console/icons/guildhall.svg")));
    auto *name = plainLabel(tr("Guildhall Console"));
    name->setObjectName(QStringLiteral("appName"));
    auto *brand = new QHBoxLayout;
    brand->setSpacing(10);
    brand->addWidget(picture);
    brand->addWidget(name, 1);
    setUpChooser();
    m_account->setObjectName(QStringLiteral("accountName"));
    m_server->setObjectName(QStringLiteral("serverName"));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 16, 12, 12);
    column->setSpacing(4);
    column->addLayout(brand);
    column->addSpacing(14);
    column->addWidget(m_guilds);
    column->addSpacing(8);
    for (size_t i = 0; i < pages.size(); ++i)
        column->addWidget(makeButton(*pages[i], int(i)));
    column->addStretch();
    column->addWidget(m_account);
    column->addWidget(m_server);
    connect(m_buttons, &QButtonGroup::idClicked, this, &Sidebar::pageChosen);
}

void Sidebar::setUpChooser()
{
    m_guilds->setObjectName(QStringLiteral("guildChooser"));
    m_guilds->setAccessibleName(tr("Guild"));
    m_guilds->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_guilds->setMinimumContentsLength(10);
    m_guilds->setPlaceholderText(tr("No guild"));
    m_guilds->setModel(&m_model);
    connect(m_guilds, &QComboBox::activated, this,
            [this](int index) { Q_EMIT guildChosen(m_model.guildAt(index)); });
}

QToolButton *Sidebar::makeButton(const Page &page, int number)
{
    auto *button = new QToolButton(this);
    button->setProperty("navigation", true);
    button->setObjectName(QStringLiteral("page") + QString::number(number + 1));
    button->setText(u' ' + page.title()); // Fusion puts text close to the picture
    button->setAccessibleName(page.title());
    button->setIcon(themedIcon(page.iconName()));
    button->setIconSize(QSize(20, 20));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setToolTip(tr("Alt+%1").arg(number + 1));
    m_buttons->addButton(button, number);
    if (page.needsGuild())
        m_guildButtons.push_back(button);
    return button;
}

void Sidebar::setAccount(const QString &name, const QString &server)
{
    const int width = m_account->width();
    m_account->setText(m_account->fontMetrics().elidedText(name, Qt::ElideRight, qMax(width, 190)));
    m_account->setToolTip(tr("Signed in as %1").arg(name).toHtmlEscaped());
    m_server->setText(server);
}

void Sidebar::setGuild(GuildId guild)
{
    const int row = m_model.rowOf(guild);
    if (row != m_guilds->currentIndex())
        m_guilds->setCurrentIndex(row);
    m_guilds->setEnabled(m_guilds->count() > 0);
    for (QToolButton *button : m_guildButtons)
        button->setEnabled(guild.value() != 0);
}

void Sidebar::setPage(int number)
{
    // Tab comes to the chosen page, and arrows go to the others, as in every group of buttons. Qt
    // sees to it only when the choice is made in the group itself.
    for (QAbstractButton *button : m_buttons->buttons()) {
        const bool chosen = m_buttons->id(button) == number;
        button->setFocusPolicy(chosen ? Qt::StrongFocus : Qt::ClickFocus);
        if (chosen)
            button->setChecked(true);
    }
}

} // namespace guildhall::console
