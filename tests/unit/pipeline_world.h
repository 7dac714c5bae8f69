// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/pipeline.h"
#include "server/infrastructure/fault.h"
#include "server/infrastructure/runtime/manual_clock.h"
#include "server/infrastructure/runtime/worker_pool.h"

#include <QtTest>

#include <future>
#include <map>
#include <mutex>

namespace guildhall::test {

/// "Bot 7" is bot 7, "user 8" is person 8, anything else is nobody. Knows nothing by heart unless
/// told to.
class FakeAuthenticator : public Authenticator {
public:
    std::optional<Result<Principal>> recall(const QByteArray &authorization) override
    {
        if (knowsByHeart)
            return judge(authorization);
        return std::nullopt;
    }
    Result<Principal> authenticate(const QByteArray &authorization) override
    {
        ++asked;
        if (wait.valid())
            wait.get();
        if (failing)
            throw Fault("the database is away");
        return judge(authorization);
    }

    Standing standing(const QByteArray &authorization) override
    {
        return std::as_const(standings).value(authorization, Standing::Unknown);
    }

    std::atomic<int> asked{0};
    QHash<QByteArray, Standing> standings;
    bool knowsByHeart = false;
    bool failing = false;
    std::future<void> wait;

private:
    static Result<Principal> judge(const QByteArray &authorization)
    {
        Principal principal;
        principal.bot = authorization.startsWith("Bot ");
        principal.user = UserId(authorization.mid(authorization.indexOf(' ') + 1).toULongLong());
        if (principal.user.isNull())
            return refuse(ErrorCode::Unauthorized);
        return principal;
    }
};

/// Empty when the answer has none of that name.
inline QByteArray headerOf(const Response &response, const QByteArray &name)
{
    for (const auto &header : response.headers) {
        if (header.first == name)
            return header.second;
    }
    return {};
}

class FakeSink : public AnswerSink {
public:
    void answer(quint64 ticket, Response response) override
    {
        const std::lock_guard lock(m_mutex);
        m_answers[ticket] = std::move(response);
    }
    std::optional<Response> find(quint64 ticket)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_answers.find(ticket);
        return found == m_answers.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::mutex m_mutex;
    std::map<quint64, Response> m_answers;
};

struct Seen {
    QString user;
    QString reason;
    QString address;
    QString base;
    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("user", &Seen::user), field("reason", &Seen::reason),
                            field("address", &Seen::address), field("base", &Seen::base));
    }
};

namespace sampleApi {
inline constexpr api::Limit often{"sample", 3, 1000};
inline constexpr api::Endpoint<Seen, api::NoInput> open{api::Verb::Get, "/open",
                                                        api::Access::Public, often, ""};
inline constexpr api::Endpoint<Seen, api::NoInput> any{api::Verb::Get, "/any", api::Access::Account,
                                                       often, ""};
inline constexpr api::Endpoint<Seen, api::NoInput> people{api::Verb::Get, "/people",
                                                          api::Access::User, often, ""};
inline constexpr api::Endpoint<Seen, api::NoInput> bots{api::Verb::Get, "/bots", api::Access::Bot,
                                                        often, ""};
inline constexpr auto images
    = api::Endpoint<Seen, api::NoInput>{api::Verb::Post, "/images", api::Access::Account, often, ""}
          .withImages();
inline constexpr api::Endpoint<Seen, api::NoInput> quick{api::Verb::Get, "/quick",
                                                         api::Access::Public, often, ""};
inline constexpr api::Endpoint<Seen, api::NoInput, ChannelId> broken{
    api::Verb::Get, "/broken/{kind}", api::Access::Public, often, ""};
} // namespace sampleApi

class TemporaryFault : public Fault {
public:
    using Fault::Fault;
    bool isTemporary() const override { return true; }
};

/// A pipeline with a few routes, asked as the door asks it.
class PipelineWorld {
public:
    explicit PipelineWorld(RateLimiter::Settings limits = {}, size_t queue = 10,
                           QByteArray publicUrl = {})
        : api("api", 1, queue)
        , heavy("heavy", 1, 10)
    {
        router.bind(sampleApi::open, this, &PipelineWorld::show);
        router.bind(sampleApi::any, this, &PipelineWorld::show);
        router.bind(sampleApi::people, this, &PipelineWorld::show);
        router.bind(sampleApi::bots, this, &PipelineWorld::show);
        router.bind(sampleApi::images, this, &PipelineWorld::show, Work::Heavy);
        router.bind(sampleApi::quick, this, &PipelineWorld::show, Work::Immediate);
        router.bind(sampleApi::broken, this, &PipelineWorld::fail);
        pipeline.emplace(Pipeline::Parts{router, authenticator, api, heavy, clock,
                                         [this] {
                                             return databaseAnswers.load();
                                         }},
                         limits, TrustedProxies(), std::move(publicUrl));
        pipeline->setSink(&sink);
        pipeline->setObserver([this](const Pipeline::Observed &seen) {
            const std::lock_guard lock(mutex);
            observed.push_back(seen);
        });
    }
    ~PipelineWorld()
    {
        api.drain(std::chrono::seconds(5));
        heavy.drain(std::chrono::seconds(5));
    }

    static RequestHead head(const QByteArray &method, const QByteArray &path,
                            const QByteArray &authorization = {}, QList<HeaderPair> more = {})
    {
        RequestHead head;
        head.method = method;
        head.target = head.path = path;
        head.headers = {{"host", "chat.test"}};
        if (!authorization.isEmpty())
            head.headers.emplace_back("authorization", authorization);
        head.headers += more;
        head.peer = QHostAddress(QStringLiteral("192.0.2.1"));
        return head;
    }
    /// Begins a request; its admission comes into `admission(ticket)`.
    quint64 begin(const RequestHead &head)
    {
        const quint64 ticket = ++m_tickets;
        pipeline->admit(ticket, head,
                        [this, ticket](Admission admission) { m_admitted[ticket] = admission; });
        return ticket;
    }
    const Admission *admission(quint64 ticket) const
    {
        const auto found = m_admitted.find(ticket);
        return found == m_admitted.end() ? nullptr : &found->second;
    }
    /// The whole way; nullopt when no answer came.
    std::optional<Response> ask(const RequestHead &head)
    {
        const quint64 ticket = begin(head);
        if (!QTest::qWaitFor([&] { return admission(ticket) != nullptr; }))
            return std::nullopt;
        if (admission(ticket)->refusal)
            return admission(ticket)->refusal;
        pipeline->handle({head, {}, ticket});
        if (!QTest::qWaitFor([&] { return sink.find(ticket).has_value(); }))
            return std::nullopt;
        return sink.find(ticket);
    }
    std::vector<Pipeline::Observed> allObserved()
    {
        const std::lock_guard lock(mutex);
        return observed;
    }

    Result<Seen> show(const Caller &who)
    {
        return Seen{who.user.toString(), who.auditReason, QString::fromLatin1(who.network),
                    QString::fromLatin1(who.baseUrl)};
    }
    Result<Seen> fail(const Caller &, ChannelId kind)
    {
        if (kind == ChannelId(1))
            throw TemporaryFault("busy");
        if (kind == ChannelId(2))
            throw Fault("broken");
        throw std::logic_error("a bug");
    }

    ManualClock clock;
    Router router;
    FakeAuthenticator authenticator;
    std::atomic<bool> databaseAnswers{true};
    WorkerPool api;
    WorkerPool heavy;
    FakeSink sink;
    std::mutex mutex;
    std::vector<Pipeline::Observed> observed;
    std::optional<Pipeline> pipeline;

private:
    quint64 m_tickets = 0;
    std::map<quint64, Admission> m_admitted;
};

} // namespace guildhall::test
