// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_loader.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

using Environment = std::map<QByteArray, QByteArray>;
using Loaded = tl::expected<LoadedConfig, std::vector<ConfigMistake>>;

const QByteArray goodSecret = "x3Jt0vWqk9ZbYp2LmNc8RdHs5TfGa7Ue";

Loaded loadFile(const QByteArray &text, const Environment &environment = {})
{
    return loadConfig({u"guildhall.env"_s, text, environment});
}

Loaded loadEnvironment(const Environment &environment)
{
    return loadConfig({{}, {}, environment});
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

ConfigSetting settingOf(const Loaded &loaded, const char *name)
{
    for (const ConfigSetting &setting : loaded->settings) {
        if (qstrcmp(setting.key->name, name) == 0)
            return setting;
    }
    return {};
}

} // namespace

/// Where values come from, which wins, and how mistakes are told.
class TestConfigLoader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void the_last_source_wins();
    void an_empty_value_means_the_default();
    void the_prefix_wins_over_the_bare_name();
    void all_mistakes_are_reported_at_once();
    void an_unknown_name_gets_a_suggestion_data();
    void an_unknown_name_gets_a_suggestion();
    void unknown_names_without_the_prefix_are_the_environments_own_affair();
    void a_setting_is_set_once();
    void a_secret_may_be_in_a_file();
    void a_secret_file_that_cannot_be_used_is_a_mistake();
    void credentials_of_the_service_manager_are_read();
    void a_weak_secret_is_refused_data();
    void a_weak_secret_is_refused();
    void a_weak_secret_can_be_allowed();
    void previous_secrets_are_a_list();
    void an_url_and_a_host_contradict_each_other();
    void no_mistake_shows_a_secret();
    void hostile_values_do_not_reach_the_terminal();
    void a_missing_file_is_a_mistake();

private:
    QString write(const char *name, const QByteArray &content);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestConfigLoader::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

QString TestConfigLoader::write(const char *name, const QByteArray &content)
{
    QFile file(m_folder->filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write a temporary file");
    return file.fileName();
}

void TestConfigLoader::the_last_source_wins()
{
    QCOMPARE(loadFile("")->config.http.port, quint16(3000));
    QCOMPARE(loadFile("PORT=1")->config.http.port, quint16(1));
    QCOMPARE(loadFile("PORT=1", {{"PORT", "2"}})->config.http.port, quint16(2));
    QCOMPARE(loadFile("GUILDHALL_PORT=1", {{"PORT", "2"}})->config.http.port, quint16(2));
    QCOMPARE(loadFile("PORT=1", {{"GUILDHALL_PORT", "2"}})->config.http.port, quint16(2));
}

void TestConfigLoader::an_empty_value_means_the_default()
{
    QCOMPARE(loadFile("PORT=")->config.http.port, quint16(3000));
    QCOMPARE(loadFile("PORT=1", {{"PORT", ""}})->config.http.port, quint16(3000));
    QVERIFY(loadFile("DB_HOST=db", {{"DB_HOST", ""}})->config.database.isPrivate());
    QVERIFY(!loadFile("DB_HOST=", {{"DB_HOST", "db"}})->config.database.isPrivate());
    QCOMPARE(settingOf(loadFile("PORT=1", {{"PORT", ""}}), "PORT").source, u"default"_s);
}

void TestConfigLoader::the_prefix_wins_over_the_bare_name()
{
    QCOMPARE(loadEnvironment({{"PORT", "1"}, {"GUILDHALL_PORT", "2"}})->config.http.port,
             quint16(2));
    QCOMPARE(loadEnvironment({{"PORT", "1"}, {"GUILDHALL_PORT", ""}})->config.http.port,
             quint16(3000));
}

void TestConfigLoader::all_mistakes_are_reported_at_once()
{
    const auto loaded = loadFile("PORT = 70000\n"
                                 "what is this\n"
                                 "PROT=1\n"
                                 "  DB_SSLMODE='maybe'\n",
                                 {{"API_THREADS", "many"}, {"GUILDHALL_NOTHING_LIKE_IT", "1"}});
    QStringList lines = mistakesOf(loaded);
    lines.sort();
    QCOMPARE(
        lines.join(u'\n'),
        QStringList({u"environment: API_THREADS: \"many\" is no whole number; "
                     "allowed: a whole number from 1 to 64"_s,
                     u"environment: GUILDHALL_NOTHING_LIKE_IT: is no setting; "
                     "\"guildhalld config sample\" lists them all"_s,
                     u"guildhall.env:1:8: PORT: \"70000\" is out of range; "
                     "allowed: a whole number from 0 to 65535"_s,
                     u"guildhall.env:2:6: this is no NAME=value; allowed: NAME=value, # comment"_s,
                     u"guildhall.env:3:1: PROT: is no setting; did you mean PORT?"_s,
                     u"guildhall.env:4:14: DB_SSLMODE: \"maybe\" is none of these; "
                     "allowed: disable, allow, prefer, require, verify-ca, verify-full"_s})
            .join(u'\n'));
}

void TestConfigLoader::an_unknown_name_gets_a_suggestion_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("suggestion");
    const auto row = [](const char *name, const QString &suggestion) {
        QTest::newRow(name) << QByteArray(name) << suggestion;
    };
    row("PROT", u"PORT"_s);
    row("PORTS", u"PORT"_s);
    row("port", u"PORT"_s);
    row("DB_HOTS", u"DB_HOST"_s);
    row("DB_USER", u"DB_USERNAME"_s);
    row("DB_PASS", u"DB_PASSWORD"_s);
    row("JWT_SECRETS", u"JWT_SECRET"_s);
    row("JWT_EXPIRE_IN", u"JWT_EXPIRES_IN"_s);
    row("MAX_FILESIZE", u"MAX_FILE_SIZE"_s);
    row("RATELIMITS", u"RATE_LIMITS"_s);
    row("GUILDHALL_LISTN", u"GUILDHALL_LISTEN"_s);
    row("GUILDHALL_METRIC_LISTEN", u"GUILDHALL_METRICS_LISTEN"_s);
    row("SOMETHING_ELSE", QString());
    row("X", QString());
}

void TestConfigLoader::an_unknown_name_gets_a_suggestion()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, suggestion);
    const auto loaded = loadFile(name + "=1");
    QCOMPARE(mistakesOf(loaded).size(), 1);
    const ConfigMistake &mistake = loaded.error().front();
    QCOMPARE(mistake.place, u"guildhall.env:1:1"_s);
    QCOMPARE(mistake.key.toLatin1(), name);
    QCOMPARE(mistake.advice,
             suggestion.isEmpty() ? u"\"guildhalld config sample\" lists them all"_s
                                  : u"did you mean %1?"_s.arg(suggestion));
}

void TestConfigLoader::unknown_names_without_the_prefix_are_the_environments_own_affair()
{
    QVERIFY(loadEnvironment({{"HOME", "/root"}, {"PROT", "1"}, {"DB_HOTS", "x"}}).has_value());
    QVERIFY(!loadEnvironment({{"GUILDHALL_PROT", "1"}}).has_value());
}

void TestConfigLoader::a_setting_is_set_once()
{
    QCOMPARE(mistakesOf(loadFile("PORT=1\nDB_HOST=x\nGUILDHALL_PORT=2\n")),
             QStringList(u"guildhall.env:3:1: GUILDHALL_PORT: is set a second time; "
                         "the first is in line 1"_s));
    const QString path = write("secret", goodSecret);
    const auto loaded
        = loadEnvironment({{"JWT_SECRET", goodSecret}, {"JWT_SECRET_FILE", path.toLocal8Bit()}});
    QCOMPARE(mistakesOf(loaded),
             QStringList(u"environment: JWT_SECRET_FILE: is set together with JWT_SECRET; "
                         "set one of them"_s));
}

void TestConfigLoader::a_secret_may_be_in_a_file()
{
    const QString path = write("secret", goodSecret + "\r\n");
    const QByteArray name = path.toLocal8Bit();
    QCOMPARE(loadEnvironment({{"JWT_SECRET_FILE", name}})->config.auth.jwtSecret.reveal(),
             goodSecret);
    QCOMPARE(loadEnvironment({{"GUILDHALL_JWT_SECRET_FILE", name}})->config.auth.jwtSecret.reveal(),
             goodSecret);
    QCOMPARE(loadEnvironment({{"JWT_SECRET", ""}, {"JWT_SECRET_FILE", name}})
                 ->config.auth.jwtSecret.reveal(),
             goodSecret);
    const auto fromFile = loadFile("JWT_SECRET_FILE=" + name);
    QCOMPARE(fromFile->config.auth.jwtSecret.reveal(), goodSecret);
    QCOMPARE(settingOf(fromFile, "JWT_SECRET").source, path);
    for (const char *secret : {"DB_PASSWORD", "REDIS_PASSWORD", "DATABASE_URL", "REDIS_URL"})
        QVERIFY2(findConfigKey(QLatin1StringView(secret))->isSecret, secret);
}

void TestConfigLoader::a_secret_file_that_cannot_be_used_is_a_mistake()
{
    const QString missing = m_folder->filePath(u"missing"_s);
    const QList<QString> paths{missing, write("empty", ""), write("blank", "\n\n"),
                               write("binary", "\xff\xfe\x00\x01"),
                               write("huge", QByteArray(70'000, 'x'))};
    for (const QString &path : paths) {
        const auto loaded = loadEnvironment({{"DB_PASSWORD_FILE", path.toLocal8Bit()}});
        QCOMPARE(mistakesOf(loaded).size(), 1);
        QCOMPARE(loaded.error().front().key, u"DB_PASSWORD_FILE"_s);
        QVERIFY(loaded.error().front().wrong.contains(path));
    }
    QCOMPARE(mistakesOf(loadEnvironment({{"GUILDHALL_PORT_FILE", "/etc/passwd"}})),
             QStringList(u"environment: GUILDHALL_PORT_FILE: is no setting; "
                         "only secrets are read from files"_s));
}

void TestConfigLoader::credentials_of_the_service_manager_are_read()
{
    write("jwt_secret", goodSecret + '\n');
    write("port", "1");
    const QByteArray folder = m_folder->path().toLocal8Bit();
    const auto loaded
        = loadFile("JWT_SECRET=" + QByteArray(40, 'f'), {{"CREDENTIALS_DIRECTORY", folder}});
    QCOMPARE(loaded->config.auth.jwtSecret.reveal(), goodSecret);
    QCOMPARE(loaded->config.http.port, quint16(3000));
    const QByteArray other(40, 'e');
    QCOMPARE(loadEnvironment({{"CREDENTIALS_DIRECTORY", folder}, {"JWT_SECRET", other}})
                 ->config.auth.jwtSecret.reveal(),
             other);
}

void TestConfigLoader::a_weak_secret_is_refused_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<bool>("isWeak");
    QTest::newRow("one byte") << QByteArray("x") << true;
    QTest::newRow("31 bytes") << goodSecret.first(31) << true;
    QTest::newRow("32 bytes") << goodSecret << false;
    QTest::newRow("32 bytes in 16 characters") << QByteArray("éééééééééééééééé") << false;
    QTest::newRow("change me") << QByteArray("please-change-me-please-change-me-please") << true;
    QTest::newRow("changeme") << QByteArray("CHANGEMECHANGEMECHANGEMECHANGEME") << true;
    QTest::newRow("change this") << QByteArray("change_this_to_a_long_random_value_please") << true;
    QTest::newRow("your secret") << QByteArray("<your-secret-goes-here-0123456789abcdef>") << true;
    QTest::newRow("super secret") << QByteArray("your-super-secret-jwt-key-change-in-production")
                                  << true;
    QTest::newRow("an ordinary phrase")
        << QByteArray("integration-test-key-0123456789-abcdef") << false;
}

void TestConfigLoader::a_weak_secret_is_refused()
{
    QFETCH(QByteArray, secret);
    QFETCH(bool, isWeak);
    const auto loaded = loadEnvironment({{"JWT_SECRET", secret}});
    QCOMPARE(!loaded.has_value(), isWeak);
    if (isWeak) {
        QCOMPARE(loaded.error().size(), size_t(1));
        QCOMPARE(loaded.error().front().key, u"JWT_SECRET"_s);
    } else {
        QCOMPARE(loaded->config.auth.jwtSecret.reveal(), secret);
    }
    QCOMPARE(!loadEnvironment({{"JWT_PREVIOUS_SECRETS", secret}}).has_value(), isWeak);
}

void TestConfigLoader::a_weak_secret_can_be_allowed()
{
    for (const char *secret : {"x", "changeme-changeme-changeme-changeme"}) {
        const auto loaded = loadEnvironment({{"JWT_SECRET", secret}, {"ALLOW_WEAK_SECRET", "1"}});
        QVERIFY(loaded.has_value());
        QCOMPARE(loaded->config.auth.jwtSecret.reveal(), QByteArray(secret));
    }
    QVERIFY(!loadEnvironment({{"JWT_SECRET", "x"}, {"ALLOW_WEAK_SECRET", "0"}}).has_value());
}

void TestConfigLoader::previous_secrets_are_a_list()
{
    const QByteArray other = "another key of more than 32 bytes";
    const auto loaded
        = loadEnvironment({{"JWT_PREVIOUS_SECRETS", goodSecret + ", " + other + ','}});
    const auto &secrets = loaded->config.auth.previousSecrets;
    QCOMPARE(secrets.size(), size_t(2));
    QCOMPARE(secrets[0].reveal(), goodSecret);
    QCOMPARE(secrets[1].reveal(), other);
}

void TestConfigLoader::an_url_and_a_host_contradict_each_other()
{
    QCOMPARE(mistakesOf(loadFile("DATABASE_URL=postgres://a\nDB_HOST=b\n")),
             QStringList(u"guildhall.env:2:9: DB_HOST: is set together with DATABASE_URL; "
                         "set one of them"_s));
    QVERIFY(loadFile("DATABASE_URL=postgres://a\nDB_HOST=\n").has_value());
}

void TestConfigLoader::no_mistake_shows_a_secret()
{
    const auto loaded = loadFile("JWT_SECRET=hunter2\nDB_PASSWORD=\"hunter2\\n\"\n"
                                 "DATABASE_URL=mysql://ann:hunter2@h\n"
                                 "JWT_PREVIOUS_SECRETS=hunter2\n");
    QCOMPARE(mistakesOf(loaded).size(), 4);
    QVERIFY(!mistakesOf(loaded).join(u'\n').contains("hunter2"_L1));
}

void TestConfigLoader::hostile_values_do_not_reach_the_terminal()
{
    const auto loaded = loadEnvironment({{"PORT", "\x1b[2J\n\xe2\x80\xae" + QByteArray(500, 'x')}});
    const QString line = mistakesOf(loaded).value(0);
    QVERIFY(line.size() < 250);
    for (const QChar c : line)
        QVERIFY(c.category() != QChar::Other_Control && c.category() != QChar::Other_Format);
}

void TestConfigLoader::a_missing_file_is_a_mistake()
{
    const QString path = m_folder->filePath(u"missing.env"_s);
    const auto missing = processConfigSources(path);
    QVERIFY(!missing.has_value());
    QCOMPARE(missing.error().place, path);
    const auto present = processConfigSources(write("some.env", "PORT=1\n"));
    QVERIFY(present.has_value());
    QCOMPARE(present->fileText, QByteArray("PORT=1\n"));
    QVERIFY(present->environment.contains("PATH"));
}

QTEST_APPLESS_MAIN(TestConfigLoader)
#include "tst_config_loader.moc"
