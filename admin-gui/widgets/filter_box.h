// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace guildhall::console {

/// Where one types what to look for. Tells it a moment after the last key, so that lists do not
/// flicker and servers are not asked for every letter.
class FilterBox : public QLineEdit {
    Q_OBJECT

public:
    explicit FilterBox(const QString &placeholder, QWidget *parent = nullptr);
    /// Ctrl+F: the caret is here and typing replaces what was.
    void take();
    QSize sizeHint() const override;

Q_SIGNALS:
    void filterChanged(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void tell();

    QTimer m_pause;
};

} // namespace guildhall::console
