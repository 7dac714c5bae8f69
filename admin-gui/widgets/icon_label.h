// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QWidget>

namespace guildhall::console {

/// A picture that says nothing the text beside it does not say; follows the theme.
class IconLabel : public QWidget {
    Q_OBJECT

public:
    explicit IconLabel(int size, QWidget *parent = nullptr);
    void setIcon(const QIcon &icon);
    QSize sizeHint() const override { return minimumSize(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
};

} // namespace guildhall::console
