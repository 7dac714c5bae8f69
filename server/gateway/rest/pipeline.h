// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/authenticator.h"
#include "server/gateway/rest/client_address.h"
#include "server/gateway/rest/rate_limiter.h"
#include "server/gateway/rest/request_handler.h"
#include "server/gateway/rest/router.h"
#include "server/gateway/rest/token_trials.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <unordered_map>

namespace guildhall {

class WorkerPool;

/// What a request goes through: route → authenticate → who may → limits → worker → answer → log.
/// Where the body says which channel or guild a call is about, its bucket is counted by the worker.
/// Calls that lead to no route, or with a token that is refused, count for the address they come
/// from; those of a good token never do.
/// Admission ends before the body: a stranger cannot make us read or store one. What no worker
/// begins in time, or can do because the database is away, is answered 503.
/// Lives in the http thread; `answer` of the sink is called from any.
class Pipeline : public QObject, public RequestHandler {
    Q_OBJECT
public:
    /// Told of each answer, for the log and the metrics. @thread any
    struct Observed {
        QByteArray method;
        QByteArray pattern; ///< the route, never the path; "unmatched" when there is none
        int status;
        qint64 durationUs;
        UserId user;
    };
    using Observer = std::function<void(const Observed &)>;

    struct Parts {
        const Router &router;
        Authenticator &authenticator;
        WorkerPool &api;
        WorkerPool &heavy;
        const Clock &clock;
        /// Whether there is any use in waiting for it; without it there always is.
        std::function<bool()> databaseAnswers = {};
    };

    Pipeline(Parts parts, RateLimiter::Settings limits, TrustedProxies trusted,
             QByteArray publicUrl);

    /// Where answers go; set before the door opens, and outlives the pipeline.
    void setSink(AnswerSink *sink) { m_sink = sink; }
    void setObserver(Observer observer) { m_observer = std::move(observer); }

    void admit(quint64 ticket, const RequestHead &head,
               std::function<void(Admission)> decided) override;
    void handle(Request request) override;
    void abandoned(quint64 ticket) override;

    /// Leaves the http thread, which is about to end. @thread http
    void retire();

private:
    /// A request between its head and its answer.
    struct Pending {
        const Route *route = nullptr;
        std::vector<QByteArray> parameters;
        Caller caller;
        QList<std::pair<QByteArray, QByteArray>>
            headers; ///< of the answer: limits, CORS, request id
        QByteArray method;
        Clock::Monotonic since;

        bool signedIn() const { return !caller.user.isNull(); }
        /// What a stranger's calls are counted by.
        quint64 stranger() const;
        /// The same for tokens of ours that are not judged yet, and for what a browser asks first.
        quint64 holder() const;
        quint64 browser() const;
        /// What calls are counted by, whoever calls.
        quint64 principal() const { return signedIn() ? caller.user.value() : stranger(); }
    };
    using Decided = std::function<void(Admission)>;

    void refuseUnmatched(quint64 ticket, const Router::Match &match,
                         const QByteArray &authorization, const Decided &decided);
    void authenticate(quint64 ticket, const QByteArray &authorization, const Decided &decided);
    bool judgeToken(quint64 ticket, const QByteArray &authorization, std::optional<quint64> guesser,
                    const Decided &decided);
    void refuseStranger(quint64 ticket, const ApiError &error, const Decided &decided);
    void authenticated(quint64 ticket, const Result<Principal> &principal, const Decided &decided);
    void checkLimits(quint64 ticket, const Decided &decided);
    void refuse(quint64 ticket, Response response, const Decided &decided);
    std::optional<Response> checkBucketOfBody(Pending &pending, const Call &call);
    void finish(const Pending &pending, Response &response) const;
    void run(Pending pending, Request request);
    bool queue(WorkerPool &pool, std::function<void()> work, std::function<void()> expired);
    void expireWaiting();
    Caller callerOf(const RequestHead &head) const;
    static Response unavailable(api::Dialect dialect);

    Parts m_parts;
    RateLimiter m_limiter;
    TokenTrials m_trials;
    TrustedProxies m_trusted;
    QByteArray m_publicUrl;
    AnswerSink *m_sink = nullptr;
    Observer m_observer;
    std::unordered_map<quint64, Pending> m_pending;
    QTimer m_expiry; ///< runs while jobs of ours may be waiting
};

} // namespace guildhall
