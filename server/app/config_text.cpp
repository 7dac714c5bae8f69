// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_text.h"

#include "server/infrastructure/logging/log_escape.h"

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype lineWidth = 100;

/// The words as comment lines of at most lineWidth characters.
void appendComment(QByteArray &out, const QString &words)
{
    QString line = u"#"_s;
    for (const QString &word : words.split(u' ')) {
        if (line.size() + 1 + word.size() > lineWidth) {
            out += line.toUtf8() + '\n';
            line = u"#"_s;
        }
        line += u' ' + word;
    }
    out += line.toUtf8() + '\n';
}

void appendKey(QByteArray &out, const ConfigKey &key)
{
    appendComment(out, QString::fromUtf8(key.meaning));
    appendComment(out, u"Allowed: "_s + key.allowed + u'.');
    if (*key.whenUnset)
        appendComment(out, u"Without it: "_s + QString::fromUtf8(key.whenUnset) + u'.');
    if (key.isSecret)
        appendComment(out,
                      u"%1_FILE names a file that holds it."_s.arg(QLatin1StringView(key.name)));
    out += '#' + QByteArray(key.name) + '=' + key.fallback + "\n\n";
}

} // namespace

QByteArray configSample()
{
    QByteArray out;
    appendComment(
        out,
        u"Settings of guildhalld. It reads the file .env in the folder where it is started, "
        "or the one that --config names; then the environment, which wins. Every name also "
        "holds with the prefix GUILDHALL_. \"guildhalld check-config\" finds mistakes, "
        "\"guildhalld config show\" tells what holds and why."_s);
    out += '\n';
    QByteArray section;
    for (const ConfigKey &key : configSchema()) {
        if (*key.withoutEffect)
            continue; // nobody should begin with it
        if (section != key.section) {
            section = key.section;
            out += "# ---- " + section + " ----\n\n";
        }
        appendKey(out, key);
    }
    out.chop(1);
    return out;
}

QString shownValue(const ConfigSetting &setting)
{
    return setting.key->isSecret && !setting.text.isEmpty() ? u"***"_s : setting.text;
}

QByteArray configShown(const LoadedConfig &loaded)
{
    QByteArray out;
    for (const ConfigSetting &setting : loaded.settings) {
        QByteArray line = QByteArray(setting.key->name) + '=';
        appendPlain(line, shownValue(setting).toUtf8());
        line = line.leftJustified(40) + "  # ";
        appendPlain(line, setting.source.toUtf8());
        if (setting.text.isEmpty() && *setting.key->whenUnset)
            line += QByteArray(": ") + setting.key->whenUnset;
        if (*setting.key->withoutEffect)
            line += QByteArray("; no effect: ") + setting.key->withoutEffect;
        out += line + '\n';
    }
    return out;
}

} // namespace guildhall
