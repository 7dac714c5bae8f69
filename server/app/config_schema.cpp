// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/config_schema.h"

#include "server/app/config_section.h"
#include "server/app/config_values.h"

namespace guildhall {

using namespace Qt::StringLiterals;
using namespace configValues;

namespace {

using Keys = std::vector<ConfigKey>;
using Section = ConfigSection;

Milliseconds deadline()
{
    return {100, 3'600'000};
}

void addNetwork(Keys &keys)
{
    Section(keys, "Network")
        .add("LISTEN", "127.0.0.1", "The address that clients connect to.", Address(),
             [](Config &c, const QHostAddress &v) { c.http.listen = v; })
        .add("PORT", "3000", "The TCP port of REST and the gateway; 0 takes any free one.",
             WholeNumber{0, 65535}, [](Config &c, qint64 v) { c.http.port = quint16(v); })
        .addOptional("PUBLIC_URL", "addresses in answers are told from each request",
                     "The address that clients know, when a proxy or a name stands before us.",
                     BaseUrl(), [](Config &c, const QUrl &v) { c.http.publicUrl = v; })
        .addOptional("TRUSTED_PROXIES", "nobody but loopback is believed",
                     "Whose X-Forwarded-* headers are believed.", Subnets(),
                     [](Config &c, std::vector<Subnet> v) { c.http.trustedProxies = std::move(v); })
        .add("METRICS_LISTEN", "127.0.0.1:9100",
             "Where /metrics, /livez and /readyz answer. A taken port is an error only when it was "
             "set.",
             AddressAndPort(),
             [](Config &c, const std::pair<QHostAddress, quint16> &v) {
                 std::tie(c.metrics.listen, c.metrics.port) = v;
             })
        .add(
            "MAX_CONNECTIONS_PER_ADDRESS", "1000",
            "Open connections of one client address; loopback and TRUSTED_PROXIES are not counted.",
            WholeNumber{1, 1'000'000},
            [](Config &c, qint64 v) { c.http.maxConnectionsPerAddress = int(v); })
        .add(
            "BODY_MEMORY_MIB", "256",
            "Memory that the bodies of all open requests share; one client address gets a quarter.",
            WholeNumber{64, 65'536},
            [](Config &c, qint64 v) { c.http.bodyMemory = v * 1024 * 1024; })
        .add("API_THREADS", "8", "Threads that answer requests, each with a database connection.",
             // With those that run beside them they must fit into PostgreSQL's 100 connections.
             WholeNumber{1, 64}, [](Config &c, qint64 v) { c.http.apiThreads = int(v); });
}

void addDeadlines(Keys &keys)
{
    using Ms = std::chrono::milliseconds;
    Section(keys, "Deadlines of the public port")
        .add("HTTP_HEADER_TIMEOUT_MS", "10000", "Until the headers of a request must be complete.",
             deadline(), [](Config &c, Ms v) { c.http.headerTimeout = v; })
        .add("HTTP_BODY_TIMEOUT_MS", "30000",
             "Until the body must be complete, longer while at least 1 KiB/s arrives.", deadline(),
             [](Config &c, Ms v) { c.http.bodyTimeout = v; })
        .add("HTTP_IDLE_TIMEOUT_MS", "60000", "How long a connection may stay without a request.",
             deadline(), [](Config &c, Ms v) { c.http.idleTimeout = v; })
        .add("HTTP_WRITE_TIMEOUT_MS", "30000",
             "How long a client may take nothing of an answer that waits for it.", deadline(),
             [](Config &c, Ms v) { c.http.writeTimeout = v; });
}

void addGateway(Keys &keys)
{
    using Ms = std::chrono::milliseconds;
    Section(keys, "Gateway")
        .add("GATEWAY_THREADS", "0", "Threads that serve gateway sessions; 0 is one for each core.",
             WholeNumber{0, 256}, [](Config &c, qint64 v) { c.gateway.threads = int(v); })
        .add("GATEWAY_HEARTBEAT_MS", "41250", "The heartbeat interval that clients are told.",
             Milliseconds{100, 600'000}, [](Config &c, Ms v) { c.gateway.heartbeat = v; });
}

void addNode(Keys &keys)
{
    Section(keys, "Node")
        .addOptional("DATA_DIR",
                     "$STATE_DIRECTORY of a service, else guildhall in the user's data folder",
                     "The folder of the private database.", Directory(),
                     [](Config &c, const QString &v) { c.node.dataDir = v; })
        .addOptional("NODE_ID", "0, which is right for a single daemon",
                     "The worker number in the ids this daemon makes; no two may have the same.",
                     WholeNumber{0, 31}, [](Config &c, qint64 v) { c.node.id = int(v); })
        .addOptional("NODE_URL", "PUBLIC_URL",
                     "This daemon's own address, for clients that resume a session.", BaseUrl(),
                     [](Config &c, const QUrl &v) { c.node.url = v; });
}

void useUrl(DatabaseConfig &database, const ServerUrl &url)
{
    database.host = url.host;
    database.port = url.port.value_or(database.port);
    if (!url.user.isEmpty())
        database.user = url.user;
    if (!url.password.isEmpty())
        database.password = Secret(url.password);
    if (!url.path.isEmpty())
        database.name = url.path;
    if (!url.sslMode.isEmpty())
        database.sslMode = url.sslMode;
}

void addDatabase(Keys &keys)
{
    Section(keys, "Database")
        .addSecret("DATABASE_URL", "DB_HOST and the others below",
                   "The PostgreSQL server in one line; the others below win over its parts.",
                   DatabaseUrl(), [](Config &c, const ServerUrl &v) { useUrl(c.database, v); })
        .addOptional("DB_HOST", "a private PostgreSQL under DATA_DIR, started and stopped with us",
                     "The PostgreSQL server: a name, an address, or the folder of its socket.",
                     Text(), [](Config &c, const QString &v) { c.database.host = v; })
        .add("DB_PORT", "5432", "Its port.", WholeNumber{1, 65535},
             [](Config &c, qint64 v) { c.database.port = quint16(v); })
        .add("DB_USERNAME", "guildhall", "Who we are there.", Text(),
             [](Config &c, const QString &v) { c.database.user = v; })
        .addSecret("DB_PASSWORD", "none is sent", "That user's password.", Text(),
                   [](Config &c, const QString &v) { c.database.password = Secret(v); })
        .add("DB_DATABASE", "guildhall", "The database; it must exist and be encoded as UTF8.",
             Text(), [](Config &c, const QString &v) { c.database.name = v; })
        .add("DB_SSLMODE", "prefer", "How much TLS is wanted on the way there, as libpq names it.",
             sslModes(), [](Config &c, const QString &v) { c.database.sslMode = v; })
        .add("MIGRATE", "auto",
             "Whether the start changes an older schema (auto) or only refuses it (check).",
             Choice<bool>{{{u"auto"_s, true}, {u"check"_s, false}}},
             [](Config &c, bool v) { c.database.migrates = v; });
}

void addSigningIn(Keys &keys)
{
    const auto toKey = [](const QString &text) {
        return Secret(text.toUtf8());
    };
    Section(keys, "Signing in")
        .addSecret("JWT_SECRET", "generated on the first start and kept in the database",
                   "The key that signs user tokens, 32 bytes or more.", Text(),
                   [toKey](Config &c, const QString &v) { c.auth.jwtSecret = toKey(v); })
        .addSecret("JWT_PREVIOUS_SECRETS", "none",
                   "Keys that tokens may still be signed with, with commas between; for replacing "
                   "JWT_SECRET.",
                   Text(),
                   [toKey](Config &c, const QString &v) {
                       for (const QString &key : v.split(u',', Qt::SkipEmptyParts))
                           c.auth.previousSecrets.push_back(toKey(key.trimmed()));
                   })
        .add("ALLOW_WEAK_SECRET", "off",
             "Starts with a JWT_SECRET that is short or well known; for trying things out only.",
             Switch(), [](Config &c, bool v) { c.allowsWeakSecret = v; })
        .add("JWT_EXPIRES_IN", "7d", "How long a user token is valid.", Duration(),
             [](Config &c, std::chrono::seconds v) { c.auth.jwtLifetime = v; })
        .add("REGISTRATION", "open", "Whether anybody may make an account.",
             Choice<bool>{{{u"open"_s, true}, {u"closed"_s, false}}},
             [](Config &c, bool v) { c.auth.registrationOpen = v; });
}

void addLimits(Keys &keys)
{
    Section(keys, "Rate limits")
        .add("RATE_LIMITS", "on", "Off lifts all limits but those on signing in; for benchmarks.",
             Switch(), [](Config &c, bool v) { c.limits.enabled = v; })
        .add("RATE_LIMIT_GLOBAL", "50", "Requests of one account in a second.",
             WholeNumber{1, 1'000'000},
             [](Config &c, qint64 v) { c.limits.globalPerSecond = int(v); })
        .add("RATE_LIMIT_REGISTER", "60", "Registrations from one address in a minute.",
             WholeNumber{1, 1'000'000},
             [](Config &c, qint64 v) { c.limits.registrationsPerMinute = int(v); });
}

void addLog(Keys &keys)
{
    using Format = std::optional<LogFormat>;
    Section(keys, "Log")
        .add("LOG_LEVEL", "info", "The least that is written to standard error.",
             Choice<LogLevel>{{{u"debug"_s, LogLevel::Debug},
                               {u"info"_s, LogLevel::Info},
                               {u"warning"_s, LogLevel::Warning},
                               {u"error"_s, LogLevel::Error}}},
             [](Config &c, LogLevel v) { c.log.level = v; })
        .addOptional("LOG_RULES", "LOG_LEVEL holds for all",
                     "Other levels for single categories, as in db=debug,rest=warning.", Rules(),
                     [](Config &c, std::vector<LogRule> v) { c.log.rules = std::move(v); })
        .add("LOG_FORMAT", "auto",
             "Lines for people, for machines, or by whether a terminal reads.",
             Choice<Format>{{{u"auto"_s, std::nullopt},
                             {u"text"_s, LogFormat::Text},
                             {u"json"_s, LogFormat::Json}}},
             [](Config &c, Format v) { c.log.format = v; });
}

/// Names that hosts have in their .env, for what this version cannot do: known, so that the start
/// can say so instead of refusing the file.
void addWithoutEffect(Keys &keys)
{
    constexpr auto oneDaemon = "this version keeps presence and limits in the process, of one "
                               "daemon only";
    constexpr auto noFiles = "this version takes no files";
    Section(keys, "Without effect")
        .addSecretWithoutEffect("REDIS_URL", oneDaemon)
        .addWithoutEffect("REDIS_HOST", oneDaemon)
        .addWithoutEffect("REDIS_PORT", oneDaemon)
        .addSecretWithoutEffect("REDIS_PASSWORD", oneDaemon)
        .addWithoutEffect("REDIS_DATABASE", oneDaemon)
        .addWithoutEffect("UPLOAD_DIR", noFiles)
        .addWithoutEffect("MAX_FILE_SIZE", noFiles)
        .addWithoutEffect("ATTACHMENT_URL_TTL", noFiles);
}

Keys makeSchema()
{
    Keys keys;
    for (const auto add : {addNetwork, addDeadlines, addGateway, addNode, addDatabase, addSigningIn,
                           addLimits, addLog, addWithoutEffect})
        add(keys);
    return keys;
}

} // namespace

std::span<const ConfigKey> configSchema()
{
    static const Keys schema = makeSchema();
    return schema;
}

const ConfigKey *findConfigKey(QAnyStringView name)
{
    for (const ConfigKey &key : configSchema()) {
        if (name == QLatin1StringView(key.name))
            return &key;
    }
    return nullptr;
}

} // namespace guildhall
