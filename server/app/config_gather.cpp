// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_gather.h"

#include "server/app/config_env_file.h"
#include "server/app/config_suggestion.h"

#include <QDir>
#include <QFile>

#include <optional>

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

constexpr auto prefix = "GUILDHALL_"_L1;
constexpr auto fileSuffix = "_FILE"_L1;
constexpr qint64 maxSecretSize = 64 * 1024;

/// What a name asks for.
struct NamedKey {
    const ConfigKey *key = nullptr; ///< null: no setting has this name
    bool isPrefixed = false;
    bool isFile = false; ///< the value is the path of a file that holds it
};

NamedKey resolve(QStringView name)
{
    NamedKey named;
    named.isPrefixed = name.startsWith(prefix);
    if (named.isPrefixed)
        name = name.sliced(prefix.size());
    named.key = findConfigKey(name);
    if (!named.key && name.endsWith(fileSuffix)) {
        const ConfigKey *const key = findConfigKey(name.chopped(fileSuffix.size()));
        if (key && key->isSecret) {
            named.key = key;
            named.isFile = true;
        }
    }
    return named;
}

class Gatherer {
public:
    void readFile(const ConfigSources &sources)
    {
        const EnvFile file = parseEnvFile(sources.fileText);
        const auto place = [&sources](int line, int column) {
            return u"%1:%2:%3"_s.arg(sources.fileName).arg(line).arg(column);
        };
        for (const EnvMistake &mistake : file.mistakes)
            report(place(mistake.line, mistake.column), {}, mistake.text,
                   u"allowed: NAME=value, # comment"_s);
        std::map<const ConfigKey *, int> lines;
        for (const EnvEntry &entry : file.entries) {
            const NamedKey named = resolve(entry.name);
            const QString namePlace = place(entry.line, entry.nameColumn);
            if (!named.key) {
                reportUnknown(namePlace, entry.name);
                continue;
            }
            const auto [earlier, isFirst] = lines.emplace(named.key, entry.line);
            if (isFirst)
                take(named, entry.value, place(entry.line, entry.valueColumn));
            else
                report(namePlace, entry.name, u"is set a second time"_s,
                       u"the first is in line %1"_s.arg(earlier->second));
        }
    }

    /// systemd's LoadCredential= leaves files named like the settings, in lower case.
    void readCredentials(const QString &folder)
    {
        for (const ConfigKey &key : configSchema()) {
            const QString path = QDir(folder).filePath(QString::fromLatin1(key.name).toLower());
            if (key.isSecret && QFile::exists(path))
                take({&key, false, true}, path, u"credential"_s);
        }
    }

    void readEnvironment(const std::map<QByteArray, QByteArray> &environment)
    {
        const QString place = u"environment"_s;
        // Backwards, so that GUILDHALL_X comes after X and wins over it.
        for (const bool wantsPrefixed : {false, true}) {
            std::map<const ConfigKey *, QString> names;
            for (const auto &[name, value] : environment) {
                const QString text = QString::fromUtf8(name);
                const NamedKey named = resolve(text);
                if (named.isPrefixed != wantsPrefixed)
                    continue;
                if (!named.key) {
                    if (named.isPrefixed)
                        reportUnknown(place, text);
                    continue;
                }
                if (!value.isValidUtf8()) {
                    report(place, text, u"is not UTF-8 text"_s, {});
                    continue;
                }
                if (!value.isEmpty() && !names.emplace(named.key, text).second)
                    report(place, text, u"is set together with %1"_s.arg(names[named.key]),
                           u"set one of them"_s);
                else if (!value.isEmpty() || !names.contains(named.key))
                    take(named, QString::fromUtf8(value), place);
            }
        }
    }

    GatheredConfig result() && { return std::move(m_result); }

private:
    void report(const QString &place, const QString &key, const QString &wrong,
                const QString &advice)
    {
        m_result.mistakes.push_back({place, key, wrong, advice});
    }

    void reportUnknown(const QString &place, const QString &name)
    {
        const bool isPrefixed = name.startsWith(prefix);
        const QString bare = isPrefixed ? name.sliced(prefix.size()) : name;
        if (bare.endsWith(fileSuffix) && findConfigKey(bare.chopped(fileSuffix.size()))) {
            report(place, name, u"is no setting"_s, u"only secrets are read from files"_s);
            return;
        }
        const QString meant = closestConfigName(bare);
        report(place, name, u"is no setting"_s,
               meant.isEmpty() ? u"\"guildhalld config sample\" lists them all"_s
                               : u"did you mean %1?"_s.arg(isPrefixed ? prefix + meant : meant));
    }

    void take(const NamedKey &named, const QString &value, const QString &place)
    {
        // A blank at the end of a password may be meant; anywhere else it is a slip.
        const bool isExact = named.key->isSecret && !named.isFile;
        const QString text = isExact ? value : value.trimmed();
        if (!named.isFile || text.isEmpty())
            m_result.texts[named.key] = {text, place};
        else if (const auto secret = readSecret(*named.key, text, place))
            m_result.texts[named.key] = {*secret, text};
    }

    std::optional<QString> readSecret(const ConfigKey &key, const QString &path,
                                      const QString &place)
    {
        const QString name = QLatin1StringView(key.name) + fileSuffix;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            report(place, name, u"\"%1\" cannot be read: %2"_s.arg(path, file.errorString()),
                   u"allowed: the path of a file that holds the value"_s);
            return std::nullopt;
        }
        QByteArray bytes = file.read(maxSecretSize + 1);
        const bool isTooLong = bytes.size() > maxSecretSize;
        while (bytes.endsWith('\n') || bytes.endsWith('\r')) // editors end the last line
            bytes.chop(1);
        if (isTooLong || !bytes.isValidUtf8() || bytes.isEmpty()) {
            report(place, name, u"\"%1\" is empty, too long or not UTF-8 text"_s.arg(path),
                   u"allowed: the path of a file that holds the value"_s);
            return std::nullopt;
        }
        return QString::fromUtf8(bytes);
    }

    GatheredConfig m_result;
};

} // namespace

QString ConfigMistake::toString() const
{
    QString text = place + u": "_s;
    if (!key.isEmpty())
        text += key + u": "_s;
    text += wrong;
    if (!advice.isEmpty())
        text += u"; "_s + advice;
    return text;
}

GatheredConfig gatherConfig(const ConfigSources &sources)
{
    Gatherer gatherer;
    if (!sources.fileName.isEmpty())
        gatherer.readFile(sources);
    const auto credentials = sources.environment.find("CREDENTIALS_DIRECTORY");
    if (credentials != sources.environment.end())
        gatherer.readCredentials(QFile::decodeName(credentials->second));
    gatherer.readEnvironment(sources.environment);
    return std::move(gatherer).result();
}

} // namespace guildhall
