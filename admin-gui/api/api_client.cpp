// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/api_client.h"

#include "admin-gui/api/on_answer.h"

namespace guildhall::console {

ApiClient::ApiClient(Transport &transport, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
{ }

void ApiClient::setServer(const QUrl &server)
{
    m_server = server;
}

void ApiClient::setToken(Secret<QString> token)
{
    m_token = std::move(token);
}

QFuture<HttpReply> ApiClient::send(HttpRequest request, api::Access access, const QString &reason)
{
    const bool withToken = access != api::Access::Public && !m_token.reveal().isEmpty();
    if (withToken)
        request.authorization = Secret<QByteArray>("Bearer " + m_token.reveal().toUtf8());
    request.auditReason = reason;
    QFuture<HttpReply> reply = m_transport.send(request);
    if (withToken) {
        // An answer to a token that has been replaced since says nothing about the present one.
        onAnswer(reply, this, [this, used = m_token](const HttpReply &answer) {
            if (answer.status == 401 && used == m_token)
                Q_EMIT signedOut();
        });
    }
    return reply;
}

} // namespace guildhall::console
