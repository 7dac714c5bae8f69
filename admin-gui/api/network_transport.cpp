// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/network_transport.h"

#include <QNetworkCookieJar>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPromise>

#include <memory>

namespace guildhall::console {

namespace {

QNetworkRequest describe(const HttpRequest &request)
{
    QNetworkRequest out(request.url);
    out.setHeader(QNetworkRequest::UserAgentHeader,
                  QByteArrayLiteral("GuildhallConsole/" GUILDHALL_VERSION));
    out.setRawHeader("Accept", "application/json");
    if (request.body)
        out.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    if (!request.authorization.reveal().isEmpty())
        out.setRawHeader("Authorization", request.authorization.reveal());
    if (!request.auditReason.isEmpty())
        out.setRawHeader("X-Audit-Log-Reason", QUrl::toPercentEncoding(request.auditReason));
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    return out;
}

NoAnswer whyNone(const QNetworkReply &reply)
{
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
        return NoAnswer::Refused;
    case QNetworkReply::HostNotFoundError:
        return NoAnswer::UnknownHost;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // nothing but the transfer timeout cancels
        return NoAnswer::TooLate;
    case QNetworkReply::SslHandshakeFailedError:
        // Only OpenSSL's words tell an answer that is no TLS from a bad certificate: it reads the
        // version, or the length, out of the letters of an http answer.
        return reply.errorString().contains(QStringLiteral("wrong version number"))
                || reply.errorString().contains(QStringLiteral("packet length too long"))
            ? NoAnswer::PlainHttp
            : NoAnswer::Other;
    default:
        return NoAnswer::Other;
    }
}

HttpReply read(QNetworkReply &reply)
{
    HttpReply out;
    out.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    out.body = reply.readAll();
    out.requestId = QString::fromLatin1(reply.rawHeader("X-Request-Id"));
    if (out.status == 0) {
        out.problem = reply.errorString();
        out.noAnswer = whyNone(reply);
    }
    return out;
}

} // namespace

NetworkTransport::NetworkTransport(std::chrono::milliseconds timeout)
{
    m_manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_manager.setTransferTimeout(int(timeout.count()));
}

QNetworkReply *NetworkTransport::dispatch(const HttpRequest &request)
{
    const QNetworkRequest described = describe(request);
    const QByteArray body = request.body.value_or(QByteArray());
    switch (request.verb) {
    case api::Verb::Get:
        return m_manager.get(described);
    case api::Verb::Post:
        return m_manager.post(described, body);
    case api::Verb::Put:
        return m_manager.put(described, body);
    case api::Verb::Patch:
        return m_manager.sendCustomRequest(described, "PATCH", body);
    case api::Verb::Delete:
        return m_manager.deleteResource(described);
    }
    return nullptr; // every verb is handled above
}

QFuture<HttpReply> NetworkTransport::send(const HttpRequest &request)
{
    // Shared, because a slot must be copyable and a promise is not. When the manager goes, the
    // connection goes with its reply, and the promise cancels the future in its destructor.
    auto promise = std::make_shared<QPromise<HttpReply>>();
    promise->start();
    QNetworkReply *reply = dispatch(request);
    QObject::connect(reply, &QNetworkReply::finished, reply, [reply, promise] {
        promise->addResult(read(*reply));
        promise->finish();
        reply->deleteLater();
    });
    return promise->future();
}

} // namespace guildhall::console
