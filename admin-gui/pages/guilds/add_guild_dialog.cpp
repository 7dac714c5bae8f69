// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/guilds/add_guild_dialog.h"

#include "admin-gui/widgets/button_kind.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/field_mark.h"
#include "admin-gui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace guildhall::console {

AddGuildDialog::AddGuildDialog(const Words &words, QWidget *parent)
    : QDialog(parent)
    , m_field(new QLineEdit(this))
    , m_error(new ErrorBanner(this))
    , m_waiting(mutedLabel({}, this))
{
    setObjectName(QStringLiteral("addGuildDialog"));
    setWindowTitle(words.title);
    m_field->setObjectName(QStringLiteral("line"));
    m_field->setPlaceholderText(words.placeholder);
    auto *label = new QLabel(words.label, this);
    label->setBuddy(m_field);
    auto *explanation = mutedLabel(words.explanation, this);
    explanation->setWordWrap(true);
    m_waiting->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(10);
    column->addWidget(headingLabel(words.title, 2, this));
    column->addWidget(explanation);
    column->addWidget(label);
    column->addWidget(m_field);
    column->addWidget(m_error);
    column->addWidget(m_waiting);
    column->addStretch();
    column->addLayout(makeButtons(words.submit));
    connect(m_field, &QLineEdit::textEdited, this, [this] { markInvalid(m_field, false); });
    connect(&m_wait, &RateLimitWait::ticked, this, &AddGuildDialog::showWait);
    connect(&m_wait, &RateLimitWait::over, this, &AddGuildDialog::sendLine);
    setMinimumWidth(440);
    m_field->setFocus();
}

QLayout *AddGuildDialog::makeButtons(const QString &submit)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_submit = buttons->addButton(submit, QDialogButtonBox::ActionRole);
    m_submit->setObjectName(QStringLiteral("confirmAdd"));
    m_submit->setDefault(true);
    setButtonKind(m_submit, ButtonKind::Primary);
    connect(m_submit, &QPushButton::clicked, this, &AddGuildDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *row = new QVBoxLayout;
    row->addWidget(buttons);
    return row;
}

void AddGuildDialog::submit()
{
    m_error->dismiss();
    if (const QString problem = problemWith(m_field->text()); !problem.isEmpty()) {
        CallError error;
        error.message = problem;
        return showProblem(std::move(error));
    }
    setBusy(true);
    sendLine();
}

void AddGuildDialog::sendLine()
{
    m_waiting->hide();
    send(m_field->text());
}

void AddGuildDialog::take(const CallResult<GuildId> &guild)
{
    if (guild) {
        accept();
        Q_EMIT added(*guild);
        return;
    }
    if (m_wait.begin(guild.error()))
        return showWait();
    setBusy(false);
    showProblem(guild.error());
}

void AddGuildDialog::showWait()
{
    m_waiting->setText(
        tr("The server asks to wait; it goes on in %1 s.").arg(m_wait.secondsLeft()));
    m_waiting->show();
}

void AddGuildDialog::showProblem(CallError error)
{
    // There is one field, so that its name on the wire says nothing.
    QStringList sentences;
    for (const FieldError &wrong : std::exchange(error.fields, {}))
        sentences.append(wrong.message);
    if (!sentences.isEmpty())
        error.message = sentences.join(u' ');
    m_error->showError({}, error);
    layout()->activate();
    resize(width(), layout()->totalHeightForWidth(width())); // the sentence may take two lines
    m_field->setAccessibleDescription(m_error->text());
    markInvalid(m_field, true);
    m_field->selectAll();
    m_field->setFocus();
}

void AddGuildDialog::setBusy(bool busy)
{
    m_field->setReadOnly(busy); // a disabled one would lose the focus
    m_submit->setEnabled(!busy);
}

} // namespace guildhall::console
