// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/admin-gui/e2e/person.h"

#include "admin-gui/api/web_socket_transport.h"
#include "shared/api/auth_api.h"
#include "shared/api/gateway_api.h"

namespace guildhall::console {

Person::Person(const QUrl &server, const QString &name)
    : m_api(m_transport)
{
    m_api.setServer(server);
    Register body;
    body.username = name;
    body.email = name + QStringLiteral("@example.org");
    body.password = QStringLiteral("correct horse");
    const SignedIn answer = expect(m_api.call(api::registerAccount, {}, body));
    m_id = answer.userId;
    m_token = answer.token;
    m_api.setToken(Secret<QString>(m_token));
}

void Person::comeOnline()
{
    const GatewayInfo gateway = expect(m_api.call(api::getGateway));
    m_feed = std::make_unique<LiveFeed>(std::make_unique<WebSocketTransport>());
    m_feed->link().start(QUrl(gateway.url), Secret<QString>(m_token));
    if (!QTest::qWaitFor([this] { return m_feed->link().status().isLive(); }, patienceMs))
        QTest::qFail("the gateway session does not come about", __FILE__, __LINE__);
}

void Person::goOffline()
{
    m_feed->link().stop();
    // The closing handshake needs the loop a moment longer than the session.
    QTest::qWait(200);
    m_feed.reset();
}

} // namespace guildhall::console
