// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/logging/log_format.h"
#include "server/infrastructure/logging/log_levels.h"
#include "shared/core/secret.h"

#include <QHostAddress>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace guildhall {

/// What the daemon was told at its start, read once; see config_schema.cpp for names, defaults and
/// meaning. Plain values: who needs one takes it in its constructor, nobody reads settings later.

struct NodeConfig {
    QString dataDir; ///< absolute
    bool isDataDirGiven = false; ///< set by somebody, not the default
    std::optional<int> id; ///< snowflake worker id; none: 0
    QUrl url; ///< this node's own address; empty when neither it nor PUBLIC_URL is set
};

struct DatabaseConfig {
    QString host; ///< empty: the private cluster under dataDir
    quint16 port = 0;
    QString user;
    Secret<QString> password;
    QString name;
    QString sslMode;
    bool migrates = true; ///< at start; else it only checks

    bool isPrivate() const { return host.isEmpty(); }
};

/// An address and the number of its leading bits that count, as QHostAddress::isInSubnet takes it.
using Subnet = std::pair<QHostAddress, int>;

struct HttpConfig {
    QHostAddress listen;
    quint16 port = 0; ///< 0: any free one
    QUrl publicUrl; ///< empty: told from each request
    std::vector<Subnet> trustedProxies;
    std::chrono::milliseconds headerTimeout{};
    std::chrono::milliseconds bodyTimeout{};
    std::chrono::milliseconds idleTimeout{};
    std::chrono::milliseconds writeTimeout{};
    int maxConnectionsPerAddress = 0;
    qint64 bodyMemory = 0; ///< bytes
    int apiThreads = 0;
};

struct GatewayConfig {
    int threads = 0; ///< 0: one for each core
    std::chrono::milliseconds heartbeat{};
};

struct MetricsConfig {
    QHostAddress listen;
    quint16 port = 0;
    bool isExplicit = false; ///< set by somebody: a taken port is then an error, not a warning
};

struct AuthConfig {
    Secret<QByteArray> jwtSecret; ///< empty: generated and kept in the database
    std::vector<Secret<QByteArray>> previousSecrets; ///< verify, but no longer sign
    std::chrono::seconds jwtLifetime{};
    bool registrationOpen = true;
};

struct LimitsConfig {
    bool enabled = true; ///< the limits on signing in hold all the same
    int globalPerSecond = 0;
    int registrationsPerMinute = 0; ///< of one address
};

struct LogConfig {
    LogLevel level = LogLevel::Info;
    std::vector<LogRule> rules;
    std::optional<LogFormat> format; ///< none: text on a terminal, else JSON
};

struct Config {
    NodeConfig node;
    DatabaseConfig database;
    HttpConfig http;
    GatewayConfig gateway;
    MetricsConfig metrics;
    AuthConfig auth;
    LimitsConfig limits;
    LogConfig log;
    bool allowsWeakSecret = false;
};

} // namespace guildhall
