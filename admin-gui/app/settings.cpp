// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/settings.h"

#include <algorithm>

namespace guildhall::console {

namespace {

constexpr size_t mostServers = 20;
const QString serversKey = QStringLiteral("servers");
const QString schemeKey = QStringLiteral("appearance/scheme");
const QString layoutGroup = QStringLiteral("layout");

/// An address has slashes, which would make groups of groups.
QString groupOf(const QUrl &server)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(server.toString()));
}

void write(QSettings &settings, const std::vector<ServerProfile> &profiles)
{
    settings.beginWriteArray(serversKey, int(profiles.size()));
    for (size_t i = 0; i < profiles.size(); ++i) {
        settings.setArrayIndex(int(i));
        settings.setValue(QStringLiteral("url"), profiles[i].server.toString());
        settings.setValue(QStringLiteral("account"), profiles[i].account);
        settings.setValue(QStringLiteral("remembered"), profiles[i].remembered);
    }
    settings.endArray();
}

} // namespace

bool ServerProfile::isSameAs(const ServerProfile &other) const
{
    return server == other.server && account.compare(other.account, Qt::CaseInsensitive) == 0;
}

Settings::Settings()
    : m_settings(std::make_unique<QSettings>())
{ }

Settings::Settings(const QString &file)
    : m_settings(std::make_unique<QSettings>(file, QSettings::IniFormat))
{ }

std::vector<ServerProfile> Settings::servers() const
{
    std::vector<ServerProfile> profiles;
    const int count = m_settings->beginReadArray(serversKey);
    for (int i = 0; i < count; ++i) {
        m_settings->setArrayIndex(i);
        ServerProfile profile{QUrl(m_settings->value(QStringLiteral("url")).toString()),
                              m_settings->value(QStringLiteral("account")).toString(),
                              m_settings->value(QStringLiteral("remembered")).toBool()};
        if (profile.server.isValid())
            profiles.push_back(std::move(profile));
    }
    m_settings->endArray();
    return profiles;
}

void Settings::putServer(const ServerProfile &profile)
{
    std::vector<ServerProfile> profiles = servers();
    std::erase_if(profiles, [&](const ServerProfile &other) { return other.isSameAs(profile); });
    profiles.insert(profiles.begin(), profile);
    profiles.resize(std::min(profiles.size(), mostServers));
    write(*m_settings, profiles);
}

void Settings::removeServer(const ServerProfile &profile)
{
    std::vector<ServerProfile> profiles = servers();
    std::erase_if(profiles, [&](const ServerProfile &other) { return other.isSameAs(profile); });
    m_settings->remove(serversKey);
    write(*m_settings, profiles);
    const bool known = std::any_of(profiles.begin(), profiles.end(), [&](const auto &other) {
        return other.server == profile.server;
    });
    if (!known)
        m_settings->remove(layoutGroup + u'/' + groupOf(profile.server));
}

Settings::Scheme Settings::scheme() const
{
    const QString name = m_settings->value(schemeKey).toString();
    return name == u"light" ? Scheme::Light : name == u"dark" ? Scheme::Dark : Scheme::System;
}

void Settings::setScheme(Scheme scheme)
{
    m_settings->setValue(schemeKey,
                         scheme == Scheme::Light      ? QStringLiteral("light")
                             : scheme == Scheme::Dark ? QStringLiteral("dark")
                                                      : QStringLiteral("system"));
}

QByteArray Settings::layout(const QString &name) const
{
    return m_settings->value(layoutGroup + u'/' + name).toByteArray();
}

void Settings::setLayout(const QString &name, const QByteArray &state)
{
    m_settings->setValue(layoutGroup + u'/' + name, state);
}

QByteArray Settings::layout(const QUrl &server, const QString &name) const
{
    return layout(groupOf(server) + u'/' + name);
}

void Settings::setLayout(const QUrl &server, const QString &name, const QByteArray &state)
{
    setLayout(groupOf(server) + u'/' + name, state);
}

void Settings::forgetLayouts()
{
    m_settings->remove(layoutGroup);
}

void Settings::sync()
{
    m_settings->sync();
}

} // namespace guildhall::console
