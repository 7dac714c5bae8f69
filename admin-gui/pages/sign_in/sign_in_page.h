// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/session.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace guildhall::console {

class ErrorBanner;

/// Where one says which server and who one is.
class SignInPage : public QWidget {
    Q_OBJECT

public:
    SignInPage(Session &session, Settings &settings, QWidget *parent = nullptr);

    /// Fills in the account that was used last; comes back by itself when its token was kept.
    void begin();
    void focusFirstEmpty();

private:
    QWidget *makeCard();
    void makeFields();
    QLayout *makeForm();
    void connectFields();
    void connectSession();
    std::optional<ServerProfile> savedProfile() const;
    /// Whether the keychain makes the password unnecessary.
    bool isKept() const;
    void updateSaved();
    void forgetServer();
    void onServerEdited();
    void onServerChosen(int index);
    void submit();
    bool isComplete();
    void showAddressProblem(const QString &problem, bool canRetry);
    void onState(Session::State state);
    void onFailed(const CallError &error);
    void onNotRestored(const CallError &error);
    void fillServers();

    Session &m_session;
    Settings &m_settings;
    QComboBox *m_server = nullptr;
    QToolButton *m_forget = nullptr;
    QLineEdit *m_account = nullptr;
    QLineEdit *m_password = nullptr;
    QCheckBox *m_remember = nullptr;
    QLabel *m_warning = nullptr;
    QPushButton *m_submit = nullptr;
    QPushButton *m_cancel = nullptr;
    ErrorBanner *m_error = nullptr;
};

} // namespace guildhall::console
