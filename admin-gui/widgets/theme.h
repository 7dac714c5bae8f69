// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QHash>
#include <QObject>
#include <QPalette>
#include <QString>

namespace guildhall::console {

/// Fusion with one of two palettes of our own, from resources/themes. Code names colours by their
/// use, never by their value. One object for the application, made before any window.
/// @thread GUI
class Theme : public QObject {
    Q_OBJECT

public:
    enum class Scheme { Light, Dark };

    explicit Theme(QObject *parent = nullptr);
    ~Theme() override;
    /// The application's; nullptr before it is made.
    static Theme *current();

    /// Restyles every window at once.
    void apply(Scheme scheme);
    Scheme scheme() const { return m_scheme; }

    /// @param name as in the ini files, such as "muted" or "online"
    QColor color(const QString &name) const;
    QPalette palette() const;

    /// The colours of a scheme, whether it is applied or not.
    static QHash<QString, QColor> colorsOf(Scheme scheme);

Q_SIGNALS:
    void changed();

private:
    QString styleSheet() const;

    Scheme m_scheme = Scheme::Light;
    QHash<QString, QColor> m_colors;
};

/// Theme::current()->color(name), and the palette's text colour without a theme.
QColor themeColor(const QString &name);

} // namespace guildhall::console
