// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_loader.h"

#include "server/app/config_weak_secret.h"
#include "server/infrastructure/logging/log_escape.h"

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QStandardPaths>

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

/// The text as part of a sentence: quoted, with nothing in it that could disturb a terminal.
QString quoted(const QString &text)
{
    QByteArray out;
    appendJsonString(out, text.left(80).toUtf8());
    return QString::fromUtf8(out);
}

/// A systemd service has its folder in STATE_DIRECTORY, perhaps several with colons between.
QString defaultDataDir(const std::map<QByteArray, QByteArray> &environment)
{
    const auto state = environment.find("STATE_DIRECTORY");
    if (state != environment.end() && !state->second.isEmpty())
        return QFile::decodeName(state->second.split(':').front());
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/guildhall"_s;
}

class Loader {
public:
    explicit Loader(const ConfigSources &sources)
        : m_sources(sources)
        , m_gathered(gatherConfig(sources))
    { }

    tl::expected<LoadedConfig, std::vector<ConfigMistake>> load()
    {
        applyDefaults();
        applyTexts();
        fillIn();
        checkContradictions();
        checkSecrets();
        if (!m_gathered.mistakes.empty())
            return tl::unexpected(std::move(m_gathered.mistakes));
        listSettings();
        return std::move(m_loaded);
    }

private:
    /// What was given for a setting; null when nothing was, or the empty text, which means the
    /// same.
    const ConfigText *given(const char *name) const
    {
        const auto found = m_gathered.texts.find(findConfigKey(QLatin1StringView(name)));
        return found == m_gathered.texts.end() || found->second.text.isEmpty() ? nullptr
                                                                               : &found->second;
    }

    void report(const QString &place, const char *key, const QString &wrong, const QString &advice)
    {
        m_gathered.mistakes.push_back({place, QString::fromLatin1(key), wrong, advice});
    }

    /// All of them before the first given text: an URL sets what has a default of its own.
    void applyDefaults()
    {
        for (const ConfigKey &key : configSchema()) {
            if (!*key.fallback)
                continue;
            const auto wrong = key.apply(QString::fromUtf8(key.fallback), m_loaded.config);
            Q_ASSERT_X(!wrong, key.name, "the default is not allowed");
        }
    }

    void applyTexts()
    {
        for (const ConfigKey &key : configSchema()) {
            const ConfigText *const text = given(key.name);
            if (!text)
                continue;
            if (const auto wrong = key.apply(text->text, m_loaded.config)) {
                const QString what = key.isSecret ? u"the value "_s : quoted(text->text) + u' ';
                report(text->place, key.name, what + *wrong, u"allowed: "_s + key.allowed);
            }
        }
    }

    void fillIn()
    {
        Config &config = m_loaded.config;
        if (config.node.dataDir.isEmpty())
            config.node.dataDir = QDir::cleanPath(defaultDataDir(m_sources.environment));
        if (config.node.url.isEmpty())
            config.node.url = config.http.publicUrl;
        config.node.isDataDirGiven = given("DATA_DIR") != nullptr;
        config.metrics.isExplicit = given("METRICS_LISTEN") != nullptr;
    }

    void checkContradictions()
    {
        const ConfigText *const host = given("DB_HOST");
        if (host && given("DATABASE_URL"))
            report(host->place, "DB_HOST", u"is set together with DATABASE_URL"_s,
                   u"set one of them"_s);
        const ConfigText *const metrics = given("METRICS_LISTEN");
        const Config &config = m_loaded.config;
        if (metrics && config.metrics.port != 0 && config.metrics.port == config.http.port)
            report(metrics->place, "METRICS_LISTEN", u"has the port that PORT has"_s,
                   u"set another one"_s);
    }

    void checkSecrets()
    {
        const Config &config = m_loaded.config;
        if (config.allowsWeakSecret)
            return;
        const auto check = [this](const char *name, const Secret<QByteArray> &secret) {
            if (const auto weakness = secretWeakness(secret.reveal()))
                report(given(name)->place, name, *weakness,
                       u"allowed: 32 bytes or more, such as \"openssl rand -base64 48\" prints; "
                       "ALLOW_WEAK_SECRET=1 for trying things out"_s);
        };
        if (given("JWT_SECRET"))
            check("JWT_SECRET", config.auth.jwtSecret);
        for (const Secret<QByteArray> &secret : config.auth.previousSecrets)
            check("JWT_PREVIOUS_SECRETS", secret);
    }

    void listSettings()
    {
        for (const ConfigKey &key : configSchema()) {
            const ConfigText *const text = given(key.name);
            m_loaded.settings.push_back(
                text ? ConfigSetting{&key, text->text, text->place, true}
                     : ConfigSetting{&key, implied(key), u"default"_s, false});
        }
    }

    /// The default, also where it is worked out.
    QString implied(const ConfigKey &key) const
    {
        const QLatin1StringView name(key.name);
        if (name == "DATA_DIR"_L1)
            return m_loaded.config.node.dataDir;
        if (name == "NODE_URL"_L1)
            return m_loaded.config.node.url.toString();
        return QString::fromUtf8(key.fallback);
    }

    const ConfigSources &m_sources;
    GatheredConfig m_gathered;
    LoadedConfig m_loaded;
};

} // namespace

tl::expected<LoadedConfig, std::vector<ConfigMistake>> loadConfig(const ConfigSources &sources)
{
    return Loader(sources).load();
}

tl::expected<ConfigSources, ConfigMistake> processConfigSources(const QString &file)
{
    ConfigSources sources;
    const auto environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        sources.environment[name.toLocal8Bit()] = environment.value(name).toLocal8Bit();
    const QString name = file.isEmpty() ? u".env"_s : file;
    if (file.isEmpty() && !QFile::exists(name))
        return sources;
    QFile opened(name);
    if (!opened.open(QIODevice::ReadOnly))
        return tl::unexpected(
            ConfigMistake{name, {}, u"cannot be read: "_s + opened.errorString(), {}});
    sources.fileName = name;
    sources.fileText = opened.readAll();
    return sources;
}

} // namespace guildhall
