// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/health_handler.h"

#include "server/infrastructure/metrics/metrics.h"

namespace guildhall {

namespace {

Response text(int status, QByteArray body, const char *type = "text/plain; charset=utf-8")
{
    Response response;
    response.status = status;
    response.headers.emplace_back("Content-Type", type);
    response.body = std::move(body);
    return response;
}

} // namespace

HealthHandler::HealthHandler(const Metrics &metrics, std::function<bool()> isReady)
    : m_metrics(metrics)
    , m_isReady(std::move(isReady))
{ }

void HealthHandler::admit(quint64, const RequestHead &head, std::function<void(Admission)> decided)
{
    Admission admission;
    if (head.method != "GET" && head.method != "HEAD")
        admission.refusal = text(405, "only GET is answered here\n");
    decided(std::move(admission));
}

void HealthHandler::handle(Request request)
{
    m_sink->answer(request.ticket, answerTo(request.head));
}

Response HealthHandler::answerTo(const RequestHead &head) const
{
    if (head.path == "/livez")
        return text(200, "alive\n");
    if (head.path == "/readyz")
        return m_isReady() ? text(200, "ready\n") : text(503, "not ready\n");
    if (head.path == "/metrics")
        return text(200, m_metrics.text(), Metrics::contentType);
    return text(404, "/livez, /readyz and /metrics are here\n");
}

} // namespace guildhall
