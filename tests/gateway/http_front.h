// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/qt_http_adapter.h"

#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace guildhall::test {

/// A handler whose behaviour a test gives it. Everything it was told is on record.
class ScriptedHandler : public RequestHandler {
public:
    using Decided = std::function<void(Admission)>;

    /// Both run in the http thread. By default everything is admitted with 1 MiB of body, and
    /// echoed.
    std::function<void(quint64, const RequestHead &, Decided)> onAdmit;
    std::function<void(Request)> onHandle;

    void admit(quint64 ticket, const RequestHead &head, Decided decided) override;
    void handle(Request request) override;
    void abandoned(quint64 ticket) override;

    /// Answers with "METHOD target|body".
    void echo(const Request &request);
    void answer(quint64 ticket, Response response)
    {
        sink.load()->answer(ticket, std::move(response));
    }

    /// Whether requests are kept for handledRequests(), with their bodies.
    bool recording = true;
    std::vector<Request> handledRequests() const;

    std::atomic<AnswerSink *> sink{nullptr};
    std::atomic<int> admittedCount{0};
    std::atomic<int> handledCount{0};
    std::atomic<int> abandonedCount{0};

private:
    mutable std::mutex m_mutex;
    std::vector<Request> m_handled;
};

/// Door and adapter in a thread of their own, as the daemon runs them.
class HttpFront {
public:
    explicit HttpFront(DoorSettings settings = {}, UpgradeHandler *upgrades = nullptr);
    ~HttpFront();

    ScriptedHandler handler;
    quint16 port() const { return m_port; }
    /// Runs in the http thread and waits for it.
    void inThread(const std::function<void(QtHttpAdapter &)> &function);
    size_t connections();
    size_t openRequests();

private:
    QThread m_thread;
    QtHttpAdapter *m_adapter = nullptr;
    quint16 m_port = 0;
};

Response text(QByteArray body, int status = 200);

} // namespace guildhall::test
