// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_loader.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Environment = std::map<QByteArray, QByteArray>;

tl::expected<LoadedConfig, std::vector<ConfigMistake>> load(const Environment &environment)
{
    return loadConfig({{}, {}, environment});
}

/// The config with one setting, or the default one and a failed test.
Config configWith(const QByteArray &name, const QByteArray &value)
{
    const auto loaded = load({{name, value}});
    if (!loaded)
        QTest::qFail(qPrintable(loaded.error().front().toString()), __FILE__, __LINE__);
    return loaded ? loaded->config : Config();
}

} // namespace

/// What each setting accepts, what it becomes, and what it refuses.
class TestConfigValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void without_anything_the_defaults_hold();
    void a_wrong_value_is_refused_data();
    void a_wrong_value_is_refused();
    void times_are_read_data();
    void times_are_read();
    void switches_are_read_data();
    void switches_are_read();
    void addresses_are_read();
    void subnets_are_read();
    void web_addresses_are_read_data();
    void web_addresses_are_read();
    void a_database_url_sets_its_parts();
    void single_settings_win_over_a_database_url();
    void folders_become_absolute();
    void the_rest_ends_where_it_belongs();
};

void TestConfigValues::without_anything_the_defaults_hold()
{
    const auto loaded = load({});
    QVERIFY(loaded.has_value());
    const Config &c = loaded->config;
    QCOMPARE(c.http.listen, QHostAddress(u"127.0.0.1"_s));
    QCOMPARE(c.http.port, quint16(3000));
    QVERIFY(c.http.publicUrl.isEmpty() && c.node.url.isEmpty());
    QVERIFY(c.http.trustedProxies.empty());
    QCOMPARE(c.http.headerTimeout, 10'000ms);
    QCOMPARE(c.http.bodyTimeout, 30'000ms);
    QCOMPARE(c.http.idleTimeout, 60'000ms);
    QCOMPARE(c.http.maxConnectionsPerAddress, 1000);
    QCOMPARE(c.http.apiThreads, 8);
    QCOMPARE(c.gateway.threads, 0);
    QCOMPARE(c.gateway.heartbeat, 41'250ms);
    QCOMPARE(c.metrics.listen, QHostAddress(u"127.0.0.1"_s));
    QCOMPARE(c.metrics.port, quint16(9100));
    QVERIFY(!c.metrics.isExplicit);
    QVERIFY(c.database.isPrivate());
    QCOMPARE(c.database.port, quint16(5432));
    QCOMPARE(c.database.user, u"guildhall"_s);
    QCOMPARE(c.database.name, u"guildhall"_s);
    QCOMPARE(c.database.sslMode, u"prefer"_s);
    QVERIFY(c.database.migrates);
    QVERIFY(c.auth.jwtSecret.reveal().isEmpty());
    QCOMPARE(c.auth.jwtLifetime, std::chrono::seconds(7 * 24h));
    QVERIFY(c.auth.registrationOpen);
    QVERIFY(c.limits.enabled);
    QCOMPARE(c.limits.globalPerSecond, 50);
    QCOMPARE(c.limits.registrationsPerMinute, 60);
    QVERIFY(c.node.dataDir.endsWith("/guildhall"_L1) && QDir::isAbsolutePath(c.node.dataDir));
    QVERIFY(!c.node.id);
    QVERIFY(c.log.level == LogLevel::Info && c.log.rules.empty() && !c.log.format);
}

void TestConfigValues::a_wrong_value_is_refused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto rows = [](const char *name, std::initializer_list<const char *> values) {
        for (const char *value : values)
            QTest::addRow("%s=%s", name, value) << QByteArray(name) << QByteArray(value);
    };
    rows("PORT", {"-1", "65536", "80a", "0x50", "3000.0", "+80", "99999999999999999999"});
    rows("LISTEN", {"127.0.0.1:3000", "example.org", "10.1", "1", "256.1.1.1", "[::1]", ":::"});
    rows("METRICS_LISTEN",
         {"9100", "127.0.0.1", "127.0.0.1:", ":9100", "::1:9100", "[::1]", "127.0.0.1:65536",
          "[127.0.0.1]:9100", "host:9100"});
    rows("TRUSTED_PROXIES",
         {"10.0.0.0/33", "10/8", "::1/129", "proxy", "10.0.0.1,,::1", "10.0.0.0/", "10.0.0.0/-1",
          "10.0.0.0/255.0.0.0"});
    rows("PUBLIC_URL",
         {"example.org", "ftp://example.org", "https://", "https://example.org/chat",
          "https://example.org?x=1", "https://ann@example.org", "https://example.org#a",
          "https://exa mple.org", "https://example.org:99999"});
    rows("NODE_URL", {"node-1", "https://node-1/a"});
    rows("NODE_ID", {"32", "-1", "one"});
    rows("API_THREADS", {"0", "257"});
    rows("GATEWAY_THREADS", {"-1", "257"});
    rows("GATEWAY_HEARTBEAT_MS", {"99", "600001", "41s"});
    rows("HTTP_HEADER_TIMEOUT_MS", {"0", "10s", "99", "3600001"});
    rows("MAX_CONNECTIONS_PER_ADDRESS", {"0"});
    rows("DB_PORT", {"0", "65536"});
    rows("DB_SSLMODE", {"yes", "REQUIRE", "verify"});
    rows("DATABASE_URL",
         {"mysql://u@h/d", "h", "postgres://", "postgres:///d", "postgres://h/a/b",
          "postgres://h/d?sslmode=maybe", "postgres://h/d?options=-c", "postgres://h/d#x"});
    rows("MIGRATE", {"yes", "Auto"});
    rows("REGISTRATION", {"on", "no"});
    rows("RATE_LIMITS", {"maybe", "2"});
    rows("RATE_LIMIT_GLOBAL", {"0", "1000001"});
    rows("JWT_EXPIRES_IN", {"0", "7w", "d", "1.5h", "-1", "3651d", "7 d", "99999999999999999999d"});
    rows("DATA_DIR", {"~/guildhall", "~"});
    rows("LOG_LEVEL", {"loud", "INFO"});
    rows("LOG_RULES", {"db", "db=loud", "nothing=info"});
    rows("LOG_FORMAT", {"xml"});
    rows("DB_USERNAME", {"a\tb", "a\nb"});
}

void TestConfigValues::a_wrong_value_is_refused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    const auto loaded = load({{name, value}});
    QVERIFY(!loaded.has_value());
    QCOMPARE(loaded.error().size(), size_t(1));
    const ConfigMistake &mistake = loaded.error().front();
    QCOMPARE(mistake.place, u"environment"_s);
    QCOMPARE(mistake.key.toLatin1(), name);
    QVERIFY(!mistake.wrong.isEmpty());
    QVERIFY2(mistake.advice.startsWith("allowed: "_L1), qPrintable(mistake.advice));
    QCOMPARE(mistake.toString().count(u'\n'), 0);
}

void TestConfigValues::times_are_read_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("3600") << QByteArray("3600") << qint64(3600);
    QTest::newRow("1") << QByteArray("1") << qint64(1);
    QTest::newRow("90s") << QByteArray("90s") << qint64(90);
    QTest::newRow("15m") << QByteArray("15m") << qint64(900);
    QTest::newRow("12h") << QByteArray("12h") << qint64(43'200);
    QTest::newRow("7d") << QByteArray("7d") << qint64(604'800);
    QTest::newRow("7D") << QByteArray("7D") << qint64(604'800);
    QTest::newRow("3650d") << QByteArray("3650d") << qint64(315'360'000);
}

void TestConfigValues::times_are_read()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    QCOMPARE(qint64(configWith("JWT_EXPIRES_IN", text).auth.jwtLifetime.count()), seconds);
}

void TestConfigValues::switches_are_read_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("on");
    for (const char *text : {"on", "true", "yes", "1", "ON", "True"})
        QTest::newRow(text) << QByteArray(text) << true;
    for (const char *text : {"off", "false", "no", "0", "OFF"})
        QTest::newRow(text) << QByteArray(text) << false;
}

void TestConfigValues::switches_are_read()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, on);
    QCOMPARE(configWith("RATE_LIMITS", text).limits.enabled, on);
    QCOMPARE(configWith("ALLOW_WEAK_SECRET", text).allowsWeakSecret, on);
}

void TestConfigValues::addresses_are_read()
{
    QCOMPARE(configWith("LISTEN", "0.0.0.0").http.listen, QHostAddress(QHostAddress::AnyIPv4));
    QCOMPARE(configWith("LISTEN", "::").http.listen, QHostAddress(QHostAddress::AnyIPv6));
    QCOMPARE(configWith("LISTEN", "localhost").http.listen, QHostAddress(QHostAddress::LocalHost));
    const MetricsConfig v4 = configWith("METRICS_LISTEN", "10.0.0.1:9200").metrics;
    QCOMPARE(v4.listen, QHostAddress(u"10.0.0.1"_s));
    QCOMPARE(v4.port, quint16(9200));
    QVERIFY(v4.isExplicit);
    const MetricsConfig v6 = configWith("METRICS_LISTEN", "[::1]:0").metrics;
    QCOMPARE(v6.listen, QHostAddress(QHostAddress::LocalHostIPv6));
    QCOMPARE(v6.port, quint16(0));
    QVERIFY(configWith("METRICS_LISTEN", "127.0.0.1:9100").metrics.isExplicit);
    QVERIFY(!configWith("METRICS_LISTEN", "").metrics.isExplicit);
}

void TestConfigValues::subnets_are_read()
{
    const auto proxies = configWith("TRUSTED_PROXIES", "10.0.0.0/8, 192.168.1.7 ,::1,fd00::/8")
                             .http.trustedProxies;
    QCOMPARE(proxies.size(), size_t(4));
    QVERIFY(proxies[0] == Subnet(QHostAddress(u"10.0.0.0"_s), 8));
    QVERIFY(proxies[1] == Subnet(QHostAddress(u"192.168.1.7"_s), 32));
    QVERIFY(proxies[2] == Subnet(QHostAddress(u"::1"_s), 128));
    QVERIFY(proxies[3] == Subnet(QHostAddress(u"fd00::"_s), 8));
    QVERIFY(QHostAddress(u"10.200.3.4"_s).isInSubnet(proxies[0].first, proxies[0].second));
    QVERIFY(!QHostAddress(u"11.0.0.1"_s).isInSubnet(proxies[0].first, proxies[0].second));
}

void TestConfigValues::web_addresses_are_read_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("https") << QByteArray("https://chat.example.org")
                           << u"https://chat.example.org"_s;
    QTest::newRow("port") << QByteArray("http://10.0.0.1:3000") << u"http://10.0.0.1:3000"_s;
    QTest::newRow("slash") << QByteArray("https://example.org/") << u"https://example.org"_s;
    QTest::newRow("wss") << QByteArray("wss://example.org") << u"https://example.org"_s;
    QTest::newRow("ws") << QByteArray("ws://example.org:81") << u"http://example.org:81"_s;
    QTest::newRow("IPv6") << QByteArray("http://[::1]:3000") << u"http://[::1]:3000"_s;
}

void TestConfigValues::web_addresses_are_read()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, url);
    const Config config = configWith("PUBLIC_URL", text);
    QCOMPARE(config.http.publicUrl.toString(), url);
    QCOMPARE(config.node.url.toString(), url); // the default of NODE_URL
    QCOMPARE(configWith("NODE_URL", text).node.url.toString(), url);
}

void TestConfigValues::a_database_url_sets_its_parts()
{
    const DatabaseConfig all
        = configWith("DATABASE_URL", "postgres://ann:p%40ss@db:5433/chat?sslmode=require").database;
    QCOMPARE(all.host, u"db"_s);
    QCOMPARE(all.port, quint16(5433));
    QCOMPARE(all.user, u"ann"_s);
    QCOMPARE(all.password.reveal(), u"p@ss"_s);
    QCOMPARE(all.name, u"chat"_s);
    QCOMPARE(all.sslMode, u"require"_s);
    const DatabaseConfig little = configWith("DATABASE_URL", "postgresql://db").database;
    QVERIFY(!little.isPrivate());
    QCOMPARE(little.host, u"db"_s);
    QCOMPARE(little.port, quint16(5432));
    QCOMPARE(little.user, u"guildhall"_s);
    QCOMPARE(little.name, u"guildhall"_s);
    QCOMPARE(little.sslMode, u"prefer"_s);
}

void TestConfigValues::single_settings_win_over_a_database_url()
{
    const auto loaded = load({{"DATABASE_URL", "postgres://ann:one@db/chat"},
                              {"DB_PASSWORD", "two"},
                              {"DB_DATABASE", "other"}});
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->config.database.user, u"ann"_s);
    QCOMPARE(loaded->config.database.password.reveal(), u"two"_s);
    QCOMPARE(loaded->config.database.name, u"other"_s);
}

void TestConfigValues::folders_become_absolute()
{
    const Config config = configWith("DATA_DIR", "data/../here/");
    QCOMPARE(config.node.dataDir, QDir::currentPath() + u"/here"_s);
    QCOMPARE(configWith("STATE_DIRECTORY", "/var/lib/guildhall:/var/lib/other").node.dataDir,
             u"/var/lib/guildhall"_s);
    const auto both = load({{"STATE_DIRECTORY", "/var/lib/guildhall"}, {"DATA_DIR", "/srv/g"}});
    QCOMPARE(both->config.node.dataDir, u"/srv/g"_s);
}

void TestConfigValues::the_rest_ends_where_it_belongs()
{
    QCOMPARE(configWith("PORT", "0").http.port, quint16(0));
    QCOMPARE(*configWith("NODE_ID", "31").node.id, 31);
    QCOMPARE(configWith("API_THREADS", "3").http.apiThreads, 3);
    QCOMPARE(configWith("GATEWAY_THREADS", "2").gateway.threads, 2);
    QCOMPARE(configWith("GATEWAY_HEARTBEAT_MS", "1000").gateway.heartbeat, 1000ms);
    QCOMPARE(configWith("HTTP_HEADER_TIMEOUT_MS", "101").http.headerTimeout, 101ms);
    QCOMPARE(configWith("HTTP_BODY_TIMEOUT_MS", "102").http.bodyTimeout, 102ms);
    QCOMPARE(configWith("HTTP_IDLE_TIMEOUT_MS", "103").http.idleTimeout, 103ms);
    QCOMPARE(configWith("HTTP_WRITE_TIMEOUT_MS", "104").http.writeTimeout, 104ms);
    QCOMPARE(configWith("MAX_CONNECTIONS_PER_ADDRESS", "7").http.maxConnectionsPerAddress, 7);
    QCOMPARE(configWith("BODY_MEMORY_MIB", "64").http.bodyMemory, 64 * 1024 * 1024);
    QCOMPARE(configWith("DB_HOST", "/run/postgresql").database.host, u"/run/postgresql"_s);
    QCOMPARE(configWith("DB_SSLMODE", "verify-full").database.sslMode, u"verify-full"_s);
    QVERIFY(!configWith("MIGRATE", "check").database.migrates);
    QVERIFY(!configWith("REGISTRATION", "closed").auth.registrationOpen);
    QCOMPARE(configWith("RATE_LIMIT_GLOBAL", "5").limits.globalPerSecond, 5);
    QCOMPARE(configWith("RATE_LIMIT_REGISTER", "6").limits.registrationsPerMinute, 6);
    QVERIFY(configWith("LOG_LEVEL", "debug").log.level == LogLevel::Debug);
    QVERIFY(configWith("LOG_FORMAT", "json").log.format == LogFormat::Json);
    QVERIFY(!configWith("LOG_FORMAT", "auto").log.format);
    QVERIFY(configWith("LOG_RULES", "db=debug").log.rules
            == std::vector<LogRule>({{u"db"_s, LogLevel::Debug}}));
}

QTEST_APPLESS_MAIN(TestConfigValues)
#include "tst_config_values.moc"
