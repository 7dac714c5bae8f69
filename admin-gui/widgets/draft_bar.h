// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace guildhall::console {

/// "5 changes – Review – Apply – Discard", under what is being edited. Hidden without changes.
class DraftBar : public QFrame {
    Q_OBJECT

public:
    explicit DraftBar(QWidget *parent = nullptr);

    void setChanges(int count);
    /// While changes are being sent, or cannot be. @param why is shown as tooltip
    void setApplyEnabled(bool enabled, const QString &why = {});
    QString text() const;

Q_SIGNALS:
    void reviewRequested();
    void applyRequested();
    void discardRequested();

private:
    QLabel *m_text;
    QPushButton *m_review;
    QPushButton *m_apply;
    QPushButton *m_discard;
};

} // namespace guildhall::console
