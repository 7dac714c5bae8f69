// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/transport.h"

#include <QPromise>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace guildhall::console {

/// Keeps what was asked, and answers by hand or by rule.
class FakeTransport : public Transport {
public:
    using Rule = std::function<HttpReply(const HttpRequest &)>;

    QFuture<HttpReply> send(const HttpRequest &request) override;

    /// From now on every request is answered at once by `rule`.
    void answerBy(Rule rule) { m_rule = std::move(rule); }
    /// Answers the oldest request that is waiting.
    void answer(const HttpReply &reply);
    void answer(int status, const QByteArray &body = {});

    qsizetype waiting() const { return qsizetype(m_waiting.size()); }
    const std::vector<HttpRequest> &requests() const { return m_requests; }
    const HttpRequest &last() const { return m_requests.back(); }
    /// "GET /api/v10/users/@me?x=1", as it would stand in the request line.
    QByteArray lastLine() const { return line(m_requests.back()); }
    static QByteArray line(const HttpRequest &request);
    std::vector<QByteArray> lines() const;
    void forget() { m_requests.clear(); }

private:
    Rule m_rule;
    std::vector<HttpRequest> m_requests;
    std::deque<std::shared_ptr<QPromise<HttpReply>>> m_waiting;
};

} // namespace guildhall::console
