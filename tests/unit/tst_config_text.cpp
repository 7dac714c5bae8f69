// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_text.h"

#include <QFile>
#include <QtTest>

#include <set>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

using Loaded = tl::expected<LoadedConfig, std::vector<ConfigMistake>>;

const QByteArray goodSecret = "x3Jt0vWqk9ZbYp2LmNc8RdHs5TfGa7Ue";

Loaded loadFile(const QByteArray &text, const std::map<QByteArray, QByteArray> &environment = {})
{
    return loadConfig({u"guildhall.env"_s, text, environment});
}

QStringList mistakesOf(const Loaded &loaded)
{
    QStringList lines;
    if (!loaded) {
        for (const ConfigMistake &mistake : loaded.error())
            lines.append(mistake.toString());
    }
    return lines;
}

QByteArray contentOf(const char *path)
{
    QFile file(QStringLiteral(GUILDHALL_SOURCE_DIR "/") + QLatin1StringView(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ConfigSetting settingOf(const Loaded &loaded, const char *name)
{
    for (const ConfigSetting &setting : loaded->settings) {
        if (qstrcmp(setting.key->name, name) == 0)
            return setting;
    }
    return {};
}

} // namespace

/// The schema, and what is printed from it.
class TestConfigText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void settings_are_shown_with_their_source();
    void shown_secrets_are_masked();
    void what_has_no_effect_is_said_in_a_line_each();
    void what_has_no_effect_may_have_any_value();
    void what_has_no_effect_is_shown_as_such();
    void the_manual_names_what_has_no_effect();
    void the_sample_file_is_current();
    void the_sample_file_is_a_valid_file();
    void the_schema_is_in_order();
};

void TestConfigText::settings_are_shown_with_their_source()
{
    const auto loaded = loadFile("PORT=1\n\nDATA_DIR=/srv/guildhall\n", {{"LISTEN", "::"}});
    QCOMPARE(loaded->settings.size(), configSchema().size());
    QCOMPARE(settingOf(loaded, "PORT").text, u"1"_s);
    QCOMPARE(settingOf(loaded, "PORT").source, u"guildhall.env:1:6"_s);
    QCOMPARE(settingOf(loaded, "LISTEN").source, u"environment"_s);
    QCOMPARE(settingOf(loaded, "API_THREADS").text, u"8"_s);
    QCOMPARE(settingOf(loaded, "API_THREADS").source, u"default"_s);
    const QByteArray shown = configShown(*loaded);
    QCOMPARE(size_t(shown.count('\n')), configSchema().size());
    QVERIFY(shown.contains("\nPORT=1                                    # guildhall.env:1:6\n"));
    QVERIFY(shown.contains("\nNODE_ID=                                  "
                           "# default: 0, which is right for a single daemon\n"));
}

void TestConfigText::shown_secrets_are_masked()
{
    const auto loaded = loadFile("JWT_SECRET=" + goodSecret
                                 + "\nDB_PASSWORD=hunter2\n"
                                   "REDIS_URL=redis://:hunter2@h\n");
    const QByteArray shown = configShown(*loaded);
    QVERIFY(!shown.contains("hunter2") && !shown.contains(goodSecret));
    QVERIFY(shown.contains("\nDB_PASSWORD=***"));
    QVERIFY(shown.contains("\nREDIS_PASSWORD= "));
    QCOMPARE(shownValue(settingOf(loaded, "JWT_SECRET")), u"***"_s);
}

void TestConfigText::what_has_no_effect_is_said_in_a_line_each()
{
    QCOMPARE(configWarnings(*loadFile("PORT=1\nREDIS_HOST=\n")), QStringList());
    QCOMPARE(configWarnings(*loadFile("MAX_FILE_SIZE=25M\nREDIS_PORT=6379\n",
                                      {{"GUILDHALL_REDIS_HOST", "cache"}})),
             QStringList({u"REDIS_HOST, REDIS_PORT: set without effect, since this version keeps "
                          "presence and limits in the process, of one daemon only"_s,
                          u"MAX_FILE_SIZE: set without effect, since this version takes no "
                          "files"_s}));
    const auto secret = loadFile("REDIS_PASSWORD=hunter2\n");
    QCOMPARE(configWarnings(*secret).size(), 1);
    QVERIFY(!configWarnings(*secret).front().contains("hunter2"_L1));
}

void TestConfigText::what_has_no_effect_may_have_any_value()
{
    QByteArray text;
    for (const ConfigKey &key : configSchema()) {
        if (*key.withoutEffect)
            text += QByteArray(key.name) + "=~ anything\n";
    }
    const auto loaded = loadFile(text);
    QCOMPARE(mistakesOf(loaded), QStringList());
    QCOMPARE(configWarnings(*loaded).size(), 2);
}

void TestConfigText::what_has_no_effect_is_shown_as_such()
{
    const QByteArray shown = configShown(*loadFile("UPLOAD_DIR=/srv/files\n"));
    QVERIFY(shown.contains("\nUPLOAD_DIR=/srv/files                     # guildhall.env:1:12; "
                           "no effect: this version takes no files\n"));
    QVERIFY(shown.contains("\nREDIS_HOST=                               # default; no effect: "));
    const QByteArray sample = configSample();
    for (const ConfigKey &key : configSchema())
        QVERIFY2(sample.contains("\n#" + QByteArray(key.name) + '=') != bool(*key.withoutEffect),
                 key.name);
}

void TestConfigText::the_manual_names_what_has_no_effect()
{
    const QByteArray manual = contentOf("resources/docs/operations.md");
    for (const ConfigKey &key : configSchema())
        QVERIFY2(!*key.withoutEffect || manual.contains('`' + QByteArray(key.name) + '`'),
                 key.name);
}

void TestConfigText::the_sample_file_is_current()
{
    const QByteArray written = contentOf("resources/config/guildhall.env.example");
    QVERIFY2(written == configSample(),
             "write it anew: guildhalld config sample > resources/config/guildhall.env.example");
}

void TestConfigText::the_sample_file_is_a_valid_file()
{
    // With its comments taken away it sets everything to its default.
    QByteArray text;
    for (const QByteArray &line : configSample().split('\n'))
        text += (line.startsWith('#') && !line.startsWith("# ") ? line.mid(1) : line) + '\n';
    const auto loaded = loadFile(text);
    QCOMPARE(mistakesOf(loaded), QStringList());
    for (const ConfigSetting &setting : loaded->settings) {
        if (*setting.key->fallback) {
            QCOMPARE(setting.text, QString::fromUtf8(setting.key->fallback));
            QVERIFY2(setting.source != "default"_L1, setting.key->name);
        }
    }
    for (const QByteArray &line : configSample().split('\n'))
        QVERIFY2(QString::fromUtf8(line).size() <= 100, line.constData());
}

void TestConfigText::the_schema_is_in_order()
{
    std::set<QByteArray> names;
    for (const ConfigKey &key : configSchema()) {
        QVERIFY2(names.insert(key.name).second, key.name);
        if (*key.withoutEffect)
            continue;
        QVERIFY2(!key.allowed.isEmpty() && *key.meaning && *key.section, key.name);
        QVERIFY2((*key.fallback == 0) != (*key.whenUnset == 0), key.name);
        Config config;
        QVERIFY2(!*key.fallback || !key.apply(QString::fromUtf8(key.fallback), config), key.name);
    }
    for (const char *name : {"DB_HOST",
                             "DB_PORT",
                             "DB_USERNAME",
                             "DB_PASSWORD",
                             "DB_DATABASE",
                             "DATA_DIR",
                             "NODE_ID",
                             "NODE_URL",
                             "METRICS_LISTEN",
                             "JWT_SECRET",
                             "JWT_EXPIRES_IN",
                             "REDIS_HOST",
                             "REDIS_PORT",
                             "UPLOAD_DIR",
                             "MAX_FILE_SIZE",
                             "PORT",
                             "LISTEN",
                             "HTTP_HEADER_TIMEOUT_MS",
                             "HTTP_BODY_TIMEOUT_MS",
                             "HTTP_IDLE_TIMEOUT_MS",
                             "MAX_CONNECTIONS_PER_ADDRESS",
                             "API_THREADS",
                             "GATEWAY_THREADS",
                             "MIGRATE",
                             "PUBLIC_URL",
                             "TRUSTED_PROXIES",
                             "RATE_LIMITS",
                             "RATE_LIMIT_GLOBAL",
                             "RATE_LIMIT_REGISTER",
                             "REGISTRATION",
                             "ATTACHMENT_URL_TTL",
                             "GATEWAY_HEARTBEAT_MS",
                             "ALLOW_WEAK_SECRET",
                             "DATABASE_URL",
                             "DB_SSLMODE",
                             "REDIS_URL"})
        QVERIFY2(names.contains(name), name);
}

QTEST_APPLESS_MAIN(TestConfigText)
#include "tst_config_text.moc"
