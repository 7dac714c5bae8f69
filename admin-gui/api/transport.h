// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/core/secret.h"

#include <QByteArray>
#include <QFuture>
#include <QString>
#include <QUrl>

#include <optional>

namespace guildhall::console {

/// One REST call, ready to be sent.
struct HttpRequest {
    api::Verb verb = api::Verb::Get;
    QUrl url;
    std::optional<QByteArray> body; ///< JSON; nothing is sent when empty
    Secret<QByteArray> authorization; ///< the header's value; empty for public endpoints
    QString auditReason; ///< kept in the guild's audit log
};

/// Why no answer came, as far as it can be told apart.
enum class NoAnswer {
    Other, ///< or there was an answer
    Refused, ///< the computer is there, and nothing listens at the port
    UnknownHost,
    PlainHttp, ///< https was tried where the server speaks http
    TooLate,
};

/// What came back. A status of 0 means that no answer came, and `problem` says why.
struct HttpReply {
    int status = 0;
    QByteArray body;
    QString requestId; ///< under which the server's log has the request
    QString problem; ///< for people, already translated by Qt
    NoAnswer noAnswer = NoAnswer::Other;
};

/// How requests reach a server. An interface, so that tests answer without a network.
class Transport {
public:
    virtual ~Transport() = default;

    /// Never blocks. The future gets exactly one reply; a transport that is destroyed cancels it.
    /// @thread GUI
    virtual QFuture<HttpReply> send(const HttpRequest &request) = 0;
};

} // namespace guildhall::console
