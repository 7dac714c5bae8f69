// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/daemon.h"

#include "server/infrastructure/database/stored_ids.h"
#include "server/infrastructure/fault.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/logging/log_event.h"
#include "server/infrastructure/metrics/pool_metrics.h"
#include "server/infrastructure/metrics/route_metrics.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/infrastructure/runtime/epoll_dispatcher.h"
#include "server/modules/auth/auth_events.h"

#include <QCoreApplication>
#include <QThread>

#include <unordered_map>

namespace guildhall {

namespace {

/// Jobs that may wait for a worker; more are answered 503 at once, instead of waiting ever longer.
constexpr size_t apiQueue = 2000;
/// A password hash takes some 50 ms: more than this would not be answered in any useful time.
constexpr size_t heavyQueue = 200;
constexpr int heavyThreads = 2;

/// For each step of a stop, and for all of them: the service manager does not wait for ever.
constexpr std::chrono::seconds patienceAtStep{5};
constexpr std::chrono::seconds patienceAtStop{20};
/// For PostgreSQL to see that the daemon before us was killed.
constexpr std::chrono::seconds patienceForLease{5};

realtime::GatewaySettings gatewaySettings(const Config &config)
{
    realtime::GatewaySettings settings;
    settings.shards
        = config.gateway.threads > 0 ? config.gateway.threads : QThread::idealThreadCount();
    settings.heartbeatInterval = config.gateway.heartbeat;
    if (!config.node.url.isEmpty()) {
        QByteArray url = config.node.url.toEncoded(QUrl::StripTrailingSlash);
        settings.resumeUrl = url.startsWith("http") ? "ws" + url.mid(4) : url;
    }
    if (!config.limits.enabled)
        settings.identifyLimit = 0;
    return settings;
}

DatabaseHome::Schema schemaPolicy(const Config &config)
{
    return config.database.migrates ? DatabaseHome::Schema::BroughtUpToDate
                                    : DatabaseHome::Schema::OnlyChecked;
}

TrustedProxies trustedProxies(const Config &config)
{
    return {config.http.trustedProxies.begin(), config.http.trustedProxies.end()};
}

QByteArray publicUrl(const Config &config)
{
    return config.http.publicUrl.toEncoded(QUrl::StripTrailingSlash);
}

} // namespace

Daemon::Daemon(const Config &config)
    : m_config(config)
    , m_home(config, schemaPolicy(config))
    , m_lease(m_home.parameters())
    , m_database(m_home.parameters(), m_bus, &m_metrics.database)
    , m_databaseWatch(m_database)
    , m_ids(config.node.id.value_or(0), Clock::system())
    , m_api("api", config.http.apiThreads, apiQueue, {}, &m_metrics.pool("api"))
    , m_heavy("heavy", heavyThreads, heavyQueue, {}, &m_metrics.pool("heavy"))
    , m_kernel{m_router, m_bus, m_database, m_ids, Clock::system(), m_api}
    , m_modules(m_kernel, config, m_metrics.auth)
    , m_shards(gatewaySettings(config),
               {m_bus,
                m_api,
                Clock::system(),
                m_modules.permission.rights(),
                m_modules.auth.gatewayAuthenticator(),
                m_modules.ready.service(),
                m_modules.commands,
                {&m_modules.presence.service()},
                &m_metrics.gateway,
                &m_metrics.loops})
    , m_gap(m_database,
            {[this] { m_modules.forgetWhatWasRead(); },
             [this] {
                 m_shards.invalidateSessions();
             }})
    , m_upgrades(m_shards, trustedProxies(config))
    , m_instance(
          m_kernel,
          [this](UserId user) {
              const auto budget = m_shards.identifyBudget().state(user);
              return SessionStartLimit{budget.total, budget.remaining,
                                       int(budget.resetAfter.count()), 16};
          },
          [this] { return databaseAnswers(); })
    , m_pipeline({m_router, m_modules.auth.authenticator(), m_api, m_heavy, Clock::system(),
                  [this] {
                      return databaseAnswers();
                  }},
                 {config.limits.enabled, config.limits.globalPerSecond,
                  config.limits.registrationsPerMinute, &m_metrics.auth.rateLimited},
                 trustedProxies(config), publicUrl(config))
    , m_health(m_metrics, [this] { return m_ready && databaseAnswers(); })
    , m_periodic("periodic")
{
    m_database.onEventsLost([this] { m_gap.open(); });
    m_bus.atCommit<TokensRevoked>([this](const TokensRevoked &event) {
        m_shards.closeSessions(
            [user = event.user, session = event.session](const realtime::Identity &identity) {
                return identity.user == user
                    && (session.isNull() || identity.authSession == session);
            },
            CloseCode::AuthenticationFailed);
    });
    m_modules.message.measureWith(m_metrics.lane);
    observeRequests();
}

Daemon::~Daemon()
{
    stop();
    if (auto *loop = qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance()))
        loop->setTurnObserver({});
}

void Daemon::observeRequests()
{
    // Filled here and only read afterwards, from any thread.
    const auto metrics = std::make_shared<std::unordered_map<std::string, RouteMetrics *>>();
    const auto add = [&](const std::string &verb, const std::string &pattern) {
        metrics->emplace(verb.empty() ? pattern : verb + ' ' + pattern,
                         &m_metrics.route(verb, pattern));
    };
    for (const Route *route : m_router.routes())
        add(std::string(api::verbName(route->info.verb)), std::string(route->info.path));
    add("", "unmatched");
    m_pipeline.setObserver([metrics](const Pipeline::Observed &request) {
        if (const auto found = metrics->find(request.pattern.toStdString());
            found != metrics->end())
            found->second->answered(request.status, std::chrono::microseconds(request.durationUs));
        logEvent(lcRest(), QtInfoMsg, "answered",
                 {{"verb", request.method},
                  {"route", request.pattern},
                  {"status", request.status},
                  {"dur_ms", double(request.durationUs) / 1000.0},
                  {"user", request.user.isNull() ? QString() : request.user.toString()}});
    });
}

void Daemon::observeLoop()
{
    if (auto *loop = qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance()))
        loop->setTurnObserver(m_metrics.loops.observer("main"));
}

DoorSettings Daemon::doorSettings()
{
    DoorSettings settings;
    settings.metrics = &m_metrics.door;
    settings.limits.headerTime = m_config.http.headerTimeout;
    settings.limits.bodyTime = m_config.http.bodyTimeout;
    settings.limits.idleTime = m_config.http.idleTimeout;
    settings.limits.writeTime = m_config.http.writeTimeout;
    settings.limits.connectionsPerAddress = m_config.http.maxConnectionsPerAddress;
    settings.limits.bodyMemory = m_config.http.bodyMemory;
    const TrustedProxies trusted = trustedProxies(m_config);
    settings.uncounted = [trusted](const QHostAddress &peer) {
        return isTrustedProxy(peer, trusted);
    };
    settings.clientOf = [trusted](const RequestHead &head) {
        return clientAddress(head, trusted);
    };
    return settings;
}

void Daemon::openHealth()
{
    m_healthDoor.emplace(QStringLiteral("health"), m_health, nullptr, DoorSettings{},
                         m_metrics.loops.observer("health"));
    m_health.setSink(&m_healthDoor->sink());
    const MetricsConfig &metrics = m_config.metrics;
    const QString problem = m_healthDoor->open(metrics.listen, metrics.port);
    if (problem.isEmpty()) {
        logEvent(lcApp(), QtInfoMsg, "health and metrics are served",
                 {{"address", metrics.listen.toString()}, {"port", m_healthDoor->port()}});
        return;
    }
    const QString sentence
        = QStringLiteral("METRICS_LISTEN: %1:%2 cannot be opened (%3); choose another address.")
              .arg(metrics.listen.toString())
              .arg(metrics.port)
              .arg(problem);
    if (metrics.isExplicit)
        throw Fault(sentence);
    qCWarning(lcApp).noquote() << sentence;
}

void Daemon::keepLease()
{
    m_lease.acquire(patienceForLease);
    // Lost with its connection when PostgreSQL restarts.
    QObject::connect(&m_leaseTimer, &QTimer::timeout, &m_leaseTimer, [this] {
        try {
            if (m_lease.hold())
                return;
            qCCritical(lcApp) << "another guildhalld has taken this database: stopping";
            QCoreApplication::exit(EXIT_FAILURE);
        } catch (const Fault &fault) {
            qCWarning(lcApp) << "the lease on the database cannot be looked at:" << fault.what();
        }
    });
    m_leaseTimer.start(std::chrono::seconds(1));
}

void Daemon::start()
{
    keepLease();
    db::continueStoredIds(m_database.session(), m_ids);
    m_home.watch();
    m_databaseWatch.start();
    m_modules.message.start();
    m_periodic.every("presence", std::chrono::seconds(1),
                     [this] { m_modules.presence.service().removeLeft(); });
    m_periodic.every("nonces", std::chrono::minutes(1),
                     [this] { m_modules.message.forgetOldNonces(); });
    m_periodic.every("sign-ins", std::chrono::hours(1),
                     [this] { m_modules.auth.service().removeExpiredSignIns(); });
    m_shards.start();
    observeLoop();
    openHealth();
    m_door.emplace(QStringLiteral("http"), m_pipeline, &m_upgrades, doorSettings(),
                   m_metrics.loops.observer("http"));
    m_pipeline.moveToThread(m_door->thread());
    m_pipeline.setSink(&m_door->sink());
    if (const QString problem = m_door->open(m_config.http.listen, m_config.http.port);
        !problem.isEmpty()) {
        throw Fault(QStringLiteral(
                        "PORT: %1:%2 cannot be opened (%3); stop what listens there, or set PORT.")
                        .arg(m_config.http.listen.toString())
                        .arg(m_config.http.port)
                        .arg(problem));
    }
    m_ready = true;
}

void Daemon::stop()
{
    if (!m_door)
        return;
    using Steady = std::chrono::steady_clock;
    const auto deadline = Steady::now() + patienceAtStop;
    const auto patience = [deadline] {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now());
        return std::clamp<std::chrono::milliseconds>(left, {}, patienceAtStep);
    };
    m_leaseTimer.stop();
    m_ready = false;
    if (!m_door->drain(patience()))
        qCWarning(lcApp) << "some requests were not answered before the stop";
    m_shards.shutdown(patience());
    m_periodic.stop();
    m_api.drain(patience());
    m_heavy.drain(patience());
    m_modules.message.stop(patience());
    // A job that is late still uses the modules; it ends when its statement does.
    m_api.stop();
    m_heavy.stop();
    m_gap.stop();
    m_databaseWatch.stop();
    m_door->run([this] { m_pipeline.retire(); });
    m_door.reset();
    m_healthDoor.reset();
}

quint16 Daemon::port() const
{
    return m_door->port();
}

quint16 Daemon::healthPort() const
{
    return m_healthDoor->port();
}

} // namespace guildhall
