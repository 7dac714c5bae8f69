// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/request_handler.h"

#include <atomic>
#include <functional>

namespace guildhall {

class Metrics;

/// Answers /livez, /readyz and /metrics on a port and thread of their own, so that a daemon that is
/// stuck can still be asked. @thread the health door's
class HealthHandler final : public RequestHandler {
public:
    /// @param isReady  asked for each /readyz; must not block, or nobody learns that we live
    HealthHandler(const Metrics &metrics, std::function<bool()> isReady);

    void setSink(AnswerSink *sink) { m_sink = sink; }

    void admit(quint64 ticket, const RequestHead &head,
               std::function<void(Admission)> decided) override;
    void handle(Request request) override;
    void abandoned(quint64) override { }

private:
    Response answerTo(const RequestHead &head) const;

    const Metrics &m_metrics;
    std::function<bool()> m_isReady;
    AnswerSink *m_sink = nullptr;
};

} // namespace guildhall
