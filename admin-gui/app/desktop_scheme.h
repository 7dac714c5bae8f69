// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace guildhall::console {

/// Whether the desktop wants dark windows, as its settings portal says. Qt 6.5 knows by itself;
/// 6.4 does not.
class DesktopScheme : public QObject {
    Q_OBJECT

public:
    explicit DesktopScheme(QObject *parent = nullptr);

    /// Light, until the desktop has answered or when there is nobody to ask.
    bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed(bool dark);

private Q_SLOTS:
    void onSettingChanged(const QString &changedGroup, const QString &changedKey,
                          const QDBusVariant &value);

private:
    void ask();
    void take(const QVariant &value);

    bool m_dark = false;
};

} // namespace guildhall::console
