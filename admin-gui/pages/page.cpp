// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/page.h"

#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/labels.h"
#include "admin-gui/widgets/notice_banner.h"

#include <QHBoxLayout>

namespace guildhall::console {

Page::Page(const QString &title, const QString &iconName, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_iconName(iconName)
    , m_heading(headingLabel(title, 1, this))
    , m_subtitle(mutedLabel({}, this))
    , m_tools(new QHBoxLayout)
    , m_errors(new ErrorBanner(this))
    , m_notices(new NoticeBanner(this))
    , m_body(new QVBoxLayout)
{
    setAccessibleName(title);
    auto *names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(m_heading);
    names->addWidget(m_subtitle);
    auto *top = new QHBoxLayout;
    top->addLayout(names, 1);
    top->addLayout(m_tools);
    m_tools->setSpacing(8);
    m_tools->setAlignment(Qt::AlignBottom);
    m_body->setSpacing(12);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(12);
    column->addLayout(top);
    column->addWidget(m_errors);
    column->addWidget(m_notices);
    column->addLayout(m_body, 1);
}

void Page::setSubtitle(const QString &text)
{
    m_subtitle->setText(text);
}

void Page::addTool(QWidget *tool)
{
    m_tools->addWidget(tool, 0, Qt::AlignBottom);
}

} // namespace guildhall::console
