// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/rate_limit_wait.h"
#include "shared/core/id.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace guildhall::console {

class ErrorBanner;

/// Asks for one line and sends it, to make a guild or to join one. Stays until that worked: what is
/// wrong stands below the field, and a wait that the server asks for is waited.
class AddGuildDialog : public QDialog {
    Q_OBJECT

public:
    struct Words {
        QString title;
        QString label; ///< with the field's mnemonic
        QString placeholder;
        QString explanation;
        QString submit;
    };
    explicit AddGuildDialog(const Words &words, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The account is in this guild now.
    void added(guildhall::GuildId guild);

protected:
    QLineEdit &field() const { return *m_field; }
    /// Why the line cannot be sent; empty when it can.
    virtual QString problemWith(const QString &line) const = 0;
    /// Sends the line. The answer goes to take().
    virtual void send(const QString &line) = 0;
    void take(const CallResult<GuildId> &guild);

private:
    QLayout *makeButtons(const QString &submit);
    void submit();
    void sendLine();
    void showWait();
    void showProblem(CallError error);
    void setBusy(bool busy);

    QLineEdit *m_field;
    ErrorBanner *m_error;
    QLabel *m_waiting;
    QPushButton *m_submit = nullptr;
    RateLimitWait m_wait;
};

} // namespace guildhall::console
