// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace guildhall::console {

/// Something that was done or has to be known, with at most one thing to do about it, such as
/// *Undo*. Goes by itself after a while, unless it has to be read.
class NoticeBanner : public QFrame {
    Q_OBJECT

public:
    explicit NoticeBanner(QWidget *parent = nullptr);

    /// Stays until it is dismissed.
    void showText(const QString &text);
    /// Goes after ten seconds. A second notice replaces the first with its offer; without an
    /// `action` there is nothing to do about it.
    void offer(const QString &text, const QString &action, std::function<void()> then);
    /// Something that goes on. Stays until another notice comes or `action` is chosen; said again
    /// with other words, only the words change.
    void showProgress(const QString &text, const QString &action, std::function<void()> then);
    QString text() const;

private:
    void announce();

    QLabel *m_text;
    QPushButton *m_action;
    QToolButton *m_close;
    bool m_inProgress = false;
    std::function<void()> m_then;
    QTimer m_timer;
};

} // namespace guildhall::console
