// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/call_error.h"

#include <QStackedWidget>

#include <vector>

class QAction;
class QLabel;
class QPushButton;

namespace guildhall::console {

class IconLabel;

/// Shows a list, or in its place why there is nothing to see: it is being loaded, it is empty (and
/// what it is for), or it failed (and how to try again).
class StatePanel : public QStackedWidget {
    Q_OBJECT

public:
    /// @param content is shown when there is something to show; taken over
    explicit StatePanel(QWidget *content, QWidget *parent = nullptr);

    void showContent();
    void showLoading();
    void showEmpty(const QString &title, const QString &explanation);
    /// What one can do about an empty list, as buttons below the explanation.
    void setEmptyActions(const std::vector<QAction *> &actions);
    void showError(const QString &title, const CallError &error);

    /// The keyboard goes to `inContent`, or to what is shown in the content's place.
    void takeFocus(QWidget *inContent);

    bool showsContent() const;
    bool showsLoading() const;
    /// What is said in the list's place; empty while the list is shown.
    QString message() const;

Q_SIGNALS:
    void retryRequested();

private:
    QWidget *makeMessage();
    void say(const QString &icon, const QString &title, const QString &text, bool retry);

    QWidget *m_content;
    QWidget *m_loading;
    IconLabel *m_icon = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_retry = nullptr;
    QWidget *m_actions = nullptr;
    QWidget *m_message; ///< holds the five above, which its making sets
};

} // namespace guildhall::console
