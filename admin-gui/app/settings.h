// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QUrl>

#include <memory>
#include <vector>

namespace guildhall::console {

/// A server that was signed in to before.
struct ServerProfile {
    QUrl server;
    QString account; ///< as it was typed
    bool remembered = false; ///< its token should be in the keychain

    /// Whether it is the same account of the same server.
    bool isSameAs(const ServerProfile &other) const;
    friend bool operator==(const ServerProfile &, const ServerProfile &) = default;
};

/// What the console remembers between starts. No secrets: tokens are for the keychain.
class Settings {
public:
    enum class Scheme { System, Light, Dark };

    /// The person's own settings.
    Settings();
    /// Those of a file, for tests.
    explicit Settings(const QString &file);

    /// Most recently used first.
    std::vector<ServerProfile> servers() const;
    /// Puts `profile` first; one for the same server and account is replaced.
    void putServer(const ServerProfile &profile);
    /// The one for the same server and account; with the last account of a server go its layouts.
    void removeServer(const ServerProfile &profile);

    Scheme scheme() const;
    void setScheme(Scheme scheme);

    /// How the person arranged something, by its name.
    QByteArray layout(const QString &name) const;
    void setLayout(const QString &name, const QByteArray &state);
    /// The same for what every server has its own arrangement of.
    QByteArray layout(const QUrl &server, const QString &name) const;
    void setLayout(const QUrl &server, const QString &name, const QByteArray &state);
    /// Of all servers.
    void forgetLayouts();

    /// Writes to disk now what would be written in a moment.
    void sync();

private:
    std::unique_ptr<QSettings> m_settings;
};

} // namespace guildhall::console
