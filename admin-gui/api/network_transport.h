// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/transport.h"

#include <QNetworkAccessManager>

#include <chrono>

namespace guildhall::console {

/// Sends over HTTP. Follows no redirects, keeps no cookies and no cache: a token must go only
/// where the person sent it, and lists must be as fresh as F5 promises.
class NetworkTransport : public Transport {
public:
    explicit NetworkTransport(std::chrono::milliseconds timeout = std::chrono::seconds(20));
    QFuture<HttpReply> send(const HttpRequest &request) override;

private:
    QNetworkReply *dispatch(const HttpRequest &request);

    QNetworkAccessManager m_manager;
};

} // namespace guildhall::console
