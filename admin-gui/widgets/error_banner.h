// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/call_error.h"

#include <QFrame>

#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace guildhall::console {

/// What failed, on the page where it failed: the sentence, the server's request id and, where
/// trying again makes sense, a button. Hidden until there is something to say.
class ErrorBanner : public QFrame {
    Q_OBJECT

public:
    explicit ErrorBanner(QWidget *parent = nullptr);

    /// @param doing what the person wanted, as in "Kicking Ann"
    void showError(const QString &doing, const CallError &error, bool canRetry = false);
    /// Several failures of one act, each with its request.
    /// @param what as in "Not kicked"
    void showErrors(const QString &what, const std::vector<NamedError> &errors,
                    bool canRetry = false);
    void showText(const QString &text, bool canRetry = false);
    /// All that is said, but for the request of a single error.
    QString text() const;

public Q_SLOTS:
    void dismiss();

Q_SIGNALS:
    void retryRequested();

private:
    void setUpLines();
    void setLines(const QStringList &lines);

    QLabel *m_text;
    QLabel *m_detail;
    QPlainTextEdit *m_lines;
    QPushButton *m_retry;
};

/// The refusal as people read it: field errors listed, waits in seconds.
QString errorText(const CallError &error);

} // namespace guildhall::console
