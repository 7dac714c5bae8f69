// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/sign_in/sign_in_page.h"

#include "admin-gui/app/server_address.h"
#include "admin-gui/pages/sign_in/sign_in_problem.h"
#include "admin-gui/widgets/button_kind.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/field_mark.h"
#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/icon_label.h"
#include "admin-gui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace guildhall::console {

SignInPage::SignInPage(Session &session, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
{
    setAccessibleName(tr("Sign in"));
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(makeCard());
    row->addStretch();
    auto *column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);
    connectFields();
    connectSession();
    onState(session.state());
}

void SignInPage::connectFields()
{
    connect(m_server, &QComboBox::editTextChanged, this, &SignInPage::onServerEdited);
    connect(m_server, &QComboBox::activated, this, &SignInPage::onServerChosen);
    connect(m_account, &QLineEdit::textChanged, this, &SignInPage::updateSaved);
    for (QLineEdit *field : {m_account, m_password})
        connect(field, &QLineEdit::textChanged, this, [field] { markInvalid(field, false); });
    connect(m_forget, &QToolButton::clicked, this, &SignInPage::forgetServer);
    connect(m_submit, &QPushButton::clicked, this, &SignInPage::submit);
    connect(m_cancel, &QPushButton::clicked, &m_session, &Session::cancel);
    connect(m_error, &ErrorBanner::retryRequested, this, &SignInPage::submit);
    for (QLineEdit *field : {m_server->lineEdit(), m_account, m_password})
        connect(field, &QLineEdit::returnPressed, this, &SignInPage::submit);
}

void SignInPage::connectSession()
{
    connect(&m_session, &Session::stateChanged, this, &SignInPage::onState);
    connect(&m_session, &Session::failed, this, &SignInPage::onFailed);
    connect(&m_session, &Session::notRestored, this, &SignInPage::onNotRestored);
    connect(&m_session, &Session::passwordNeeded, this, [this](const QString &why) {
        m_error->showText(why);
        focusFirstEmpty();
    });
    connect(&m_session, &Session::notForgotten, this, [this](const QString &why) {
        if (m_session.state() != Session::State::SignedIn)
            m_error->showText(tr("The keychain still has the sign-in: %1").arg(why));
    });
}

QWidget *SignInPage::makeCard()
{
    auto *card = new QFrame;
    card->setProperty("card", true);
    card->setFixedWidth(440);
    auto *picture = new IconLabel(56);
    picture->setIcon(QIcon(QStringLiteral(":/console/icons/guildhall.svg")));
    makeFields();
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_submit, 1);
    buttons->addWidget(m_cancel);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(32, 28, 32, 28);
    column->setSpacing(14);
    column->addWidget(picture, 0, Qt::AlignHCenter);
    column->addWidget(headingLabel(tr("Guildhall Console"), 1), 0, Qt::AlignHCenter);
    column->addWidget(m_error);
    column->addLayout(makeForm());
    column->addWidget(m_warning);
    column->addWidget(m_remember);
    column->addLayout(buttons);
    return card;
}

void SignInPage::makeFields()
{
    m_server = new QComboBox;
    m_server->setObjectName(QStringLiteral("server"));
    m_server->setEditable(true);
    m_server->setInsertPolicy(QComboBox::NoInsert);
    m_server->lineEdit()->setPlaceholderText(tr("chat.example.org"));
    m_forget = new QToolButton;
    m_forget->setObjectName(QStringLiteral("forgetServer"));
    m_forget->setProperty("flat", true);
    m_forget->setIcon(themedIcon(QStringLiteral("trash")));
    m_forget->setAccessibleName(tr("Remove the saved server"));
    m_account = new QLineEdit;
    m_account->setObjectName(QStringLiteral("account"));
    m_account->setPlaceholderText(tr("User name or mail address"));
    m_password = new QLineEdit;
    m_password->setObjectName(QStringLiteral("password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_remember = new QCheckBox(tr("&Keep me signed in on this computer"));
    m_remember->setObjectName(QStringLiteral("remember"));
    m_remember->setChecked(true);
    m_remember->setToolTip(tr("The sign-in is kept in the keychain of your desktop."));
    m_warning = plainLabel();
    m_warning->setWordWrap(true);
    m_warning->setVisible(false);
    m_error = new ErrorBanner;
    m_submit = new QPushButton(tr("Sign in"));
    m_submit->setObjectName(QStringLiteral("submit"));
    setButtonKind(m_submit, ButtonKind::Primary);
    m_submit->setDefault(true);
    m_cancel = new QPushButton(tr("Cancel"));
}

QLayout *SignInPage::makeForm()
{
    auto *server = new QHBoxLayout;
    server->setSpacing(4);
    server->addWidget(m_server, 1);
    server->addWidget(m_forget);
    auto *serverLabel = new QLabel(tr("&Server"));
    serverLabel->setBuddy(m_server);
    auto *accountLabel = new QLabel(tr("&Account"));
    accountLabel->setBuddy(m_account);
    auto *passwordLabel = new QLabel(tr("&Password"));
    passwordLabel->setBuddy(m_password);
    for (QLabel *label : {accountLabel, passwordLabel})
        label->setContentsMargins(0, 8, 0, 0); // nearer to its field than to the one above
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setVerticalSpacing(5);
    form->addRow(serverLabel, server);
    form->addRow(accountLabel, m_account);
    form->addRow(passwordLabel, m_password);
    return form;
}

void SignInPage::begin()
{
    fillServers();
    const auto profiles = m_settings.servers();
    if (!profiles.empty() && profiles.front().remembered)
        m_session.restore(profiles.front());
    else
        focusFirstEmpty();
}

void SignInPage::focusFirstEmpty()
{
    if (m_server->currentText().isEmpty())
        m_server->setFocus();
    else if (m_account->text().isEmpty())
        m_account->setFocus();
    else if (isKept())
        m_submit->setFocus();
    else
        m_password->setFocus();
}

void SignInPage::onServerEdited()
{
    const auto server = parseServerAddress(m_server->currentText());
    const bool readable = server && isReadableOnTheWay(*server);
    m_warning->setText(readable ? tr("Without https, others on the network can read your password.")
                                : QString());
    m_warning->setVisible(readable);
    markInvalid(m_server->lineEdit(), false);
    updateSaved();
}

void SignInPage::submit()
{
    if (m_session.state() != Session::State::SignedOut)
        return;
    m_error->dismiss();
    if (m_password->text().isEmpty() && isKept())
        return m_session.restore(*savedProfile());
    if (!isComplete())
        return;
    m_session.signIn(*parseServerAddress(m_server->currentText()), m_account->text().trimmed(),
                     m_password->text(), m_remember->isChecked());
}

/// Marks every field that is not as it must be, and says it of all of them at once.
bool SignInPage::isComplete()
{
    const bool noServer = m_server->currentText().trimmed().isEmpty();
    const bool noAccount = m_account->text().trimmed().isEmpty();
    const bool noPassword = m_password->text().isEmpty();
    const bool badServer = !noServer && !parseServerAddress(m_server->currentText());
    markInvalid(m_server->lineEdit(), noServer || badServer);
    markInvalid(m_account, noAccount);
    markInvalid(m_password, noPassword);
    QStringList missing;
    if (noServer)
        missing.append(tr("server", "in a list of what is missing"));
    if (noAccount)
        missing.append(tr("account", "in a list of what is missing"));
    if (noPassword)
        missing.append(tr("password", "in a list of what is missing"));
    QStringList sentences;
    if (badServer)
        sentences.append(tr("This is no address of a server. Try something like %1.")
                             .arg(QStringLiteral("chat.example.org")));
    if (!missing.isEmpty())
        sentences.append(tr("Still to be filled in: %1.").arg(missing.join(QStringLiteral(", "))));
    if (sentences.isEmpty())
        return true;
    m_error->showText(sentences.join(u' '));
    if (badServer)
        m_server->setFocus();
    else
        focusFirstEmpty();
    return false;
}

void SignInPage::onState(Session::State state)
{
    const bool busy = state == Session::State::Busy;
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_server, m_account, m_password, m_remember, m_submit})
        field->setEnabled(!busy);
    m_cancel->setVisible(busy);
    m_submit->setText(busy ? tr("Signing in…") : tr("Sign in"));
    if (state == Session::State::SignedOut)
        fillServers();
    updateSaved();
    if (state != Session::State::SignedIn)
        return;
    m_password->clear(); // it is not needed any more, so it is not kept either
    m_error->dismiss();
}

void SignInPage::onFailed(const CallError &error)
{
    const bool wrong = error.answered && error.effectiveStatus() < 500
        && error.code == ErrorCode::InvalidFormBody;
    const QString problem = addressProblem(error, m_session.server());
    if (!problem.isEmpty())
        return showAddressProblem(problem, !error.answered);
    if (wrong)
        m_error->showText(tr("No account with this name and password."));
    else
        m_error->showError({}, error, !error.answered);
    m_password->selectAll();
    m_password->setFocus();
}

void SignInPage::showAddressProblem(const QString &problem, bool canRetry)
{
    m_error->showText(problem, canRetry);
    markInvalid(m_server->lineEdit(), true);
    m_server->lineEdit()->selectAll();
    m_server->setFocus();
}

void SignInPage::onNotRestored(const CallError &error)
{
    const QString problem = addressProblem(error, m_session.server());
    if (!problem.isEmpty())
        return showAddressProblem(problem, true);
    m_error->showError(tr("The kept sign-in could not be used"), error, true);
    focusFirstEmpty();
}

} // namespace guildhall::console
