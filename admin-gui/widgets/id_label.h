// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace guildhall::console {

/// An id in full, with a button that copies it.
class IdLabel : public QWidget {
    Q_OBJECT

public:
    explicit IdLabel(QWidget *parent = nullptr);
    void setId(const QString &id);
    QString id() const;

private:
    QLabel *m_text;
    QToolButton *m_copy;
};

} // namespace guildhall::console
