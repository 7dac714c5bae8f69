// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/admin-gui/support/fake_transport.h"

namespace guildhall::console {

QFuture<HttpReply> FakeTransport::send(const HttpRequest &request)
{
    m_requests.push_back(request);
    auto promise = std::make_shared<QPromise<HttpReply>>();
    promise->start();
    const QFuture<HttpReply> future = promise->future();
    if (m_rule) {
        promise->addResult(m_rule(request));
        promise->finish();
    } else {
        m_waiting.push_back(promise);
    }
    return future;
}

void FakeTransport::answer(const HttpReply &reply)
{
    const auto promise = m_waiting.front();
    m_waiting.pop_front();
    promise->addResult(reply);
    promise->finish();
}

void FakeTransport::answer(int status, const QByteArray &body)
{
    answer(HttpReply{status, body, QStringLiteral("req-1"), {}});
}

QByteArray FakeTransport::line(const HttpRequest &request)
{
    const std::string_view verb = api::verbName(request.verb);
    QByteArray line(verb.data(), qsizetype(verb.size()));
    line += ' ' + request.url.path(QUrl::FullyEncoded).toLatin1();
    if (request.url.hasQuery())
        line += '?' + request.url.query(QUrl::FullyEncoded).toLatin1();
    return line;
}

std::vector<QByteArray> FakeTransport::lines() const
{
    std::vector<QByteArray> out;
    for (const HttpRequest &request : m_requests)
        out.push_back(line(request));
    return out;
}

} // namespace guildhall::console
