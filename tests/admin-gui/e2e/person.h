// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/api_client.h"
#include "admin-gui/api/live_feed.h"
#include "admin-gui/api/network_transport.h"
#include "admin-gui/widgets/error_banner.h"

#include <QTest>

#include <memory>

namespace guildhall::console {

/// Somebody who uses the server over REST and the gateway, without a console.
class Person {
public:
    /// Makes the account "<name>@example.org" with the password "correct horse".
    Person(const QUrl &server, const QString &name);

    ApiClient &api() { return m_api; }
    UserId id() const { return m_id; }

    /// Waits for the answer; a refusal is a failed test. @return a value made by default then
    template <typename T>
    T expect(const QFuture<CallResult<T>> &future)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, patienceMs)) {
            QTest::qFail("no answer", __FILE__, __LINE__);
            return {};
        }
        const CallResult<T> result = future.result();
        if (!result)
            QTest::qFail(qPrintable(errorText(result.error())), __FILE__, __LINE__);
        return result.value_or(T{});
    }

    /// Opens a gateway session: the person is online now.
    void comeOnline();
    void goOffline();

private:
    static constexpr int patienceMs = 30000;
    NetworkTransport m_transport;
    ApiClient m_api;
    UserId m_id;
    QString m_token;
    std::unique_ptr<LiveFeed> m_feed;
};

} // namespace guildhall::console
