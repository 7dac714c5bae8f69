// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/state_panel.h"

#include "admin-gui/widgets/action_button.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/icon_label.h"
#include "admin-gui/widgets/labels.h"
#include "admin-gui/widgets/skeleton.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace guildhall::console {

StatePanel::StatePanel(QWidget *content, QWidget *parent)
    : QStackedWidget(parent)
    , m_content(content)
    , m_loading(new Skeleton)
    , m_message(makeMessage())
{
    addWidget(m_content);
    addWidget(m_loading);
    addWidget(m_message);
}

QWidget *StatePanel::makeMessage()
{
    auto *frame = new QFrame;
    frame->setProperty("card", true);
    m_icon = new IconLabel(48);
    m_title = headingLabel({}, 2);
    m_text = mutedLabel();
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignHCenter);
    m_text->setMinimumWidth(360);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_retry = new QPushButton(tr("Retry"));
    connect(m_retry, &QPushButton::clicked, this, &StatePanel::retryRequested);
    m_actions = new QWidget;
    auto *row = new QHBoxLayout(m_actions);
    row->setContentsMargins(0, 6, 0, 0);
    row->setSpacing(8);
    auto *column = new QVBoxLayout(frame);
    column->setSpacing(10);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addWidget(m_retry, 0, Qt::AlignHCenter);
    column->addWidget(m_actions, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return frame;
}

void StatePanel::showContent()
{
    setCurrentWidget(m_content);
}

void StatePanel::showLoading()
{
    setCurrentWidget(m_loading);
}

void StatePanel::showEmpty(const QString &title, const QString &explanation)
{
    say(QStringLiteral("empty"), title, explanation, false);
    m_actions->show();
}

void StatePanel::setEmptyActions(const std::vector<QAction *> &actions)
{
    for (QAction *action : actions)
        m_actions->layout()->addWidget(actionButton(action, m_actions));
}

void StatePanel::takeFocus(QWidget *inContent)
{
    if (showsContent())
        return inContent->setFocus(Qt::ShortcutFocusReason);
    for (QPushButton *button : currentWidget()->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->isEnabled())
            return button->setFocus(Qt::ShortcutFocusReason);
    }
    currentWidget()->setFocus(Qt::ShortcutFocusReason); // Tab goes on from here
}

void StatePanel::showError(const QString &title, const CallError &error)
{
    QString text = errorText(error);
    if (!error.requestId.isEmpty())
        text += u'\n' + tr("Request %1").arg(error.requestId);
    say(QStringLiteral("warning"), title, text, true);
}

void StatePanel::say(const QString &icon, const QString &title, const QString &text, bool retry)
{
    m_icon->setIcon(themedIcon(icon, QStringLiteral("muted")));
    m_title->setText(title);
    m_text->setText(text);
    m_retry->setVisible(retry);
    m_actions->hide();
    setCurrentWidget(m_message);
}

bool StatePanel::showsContent() const
{
    return currentWidget() == m_content;
}

bool StatePanel::showsLoading() const
{
    return currentWidget() == m_loading;
}

QString StatePanel::message() const
{
    return currentWidget() == m_message ? m_title->text() + u'\n' + m_text->text() : QString();
}

} // namespace guildhall::console
