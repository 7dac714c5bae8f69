// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace guildhall {

/// A token and what it was presented as.
struct PresentedToken {
    QByteArray text;
    bool asBot = false;

    /// From an Authorization header: `Bot <token>`, `Bearer <jwt>` or `<jwt>`; schemes in any case.
    /// Nothing when there is no token in it. @source api.md 1.4
    static std::optional<PresentedToken> fromHeader(QByteArrayView authorization);
    /// From a gateway's IDENTIFY, where the scheme is gone: its shape says what it is.
    static PresentedToken fromGateway(const QByteArray &token);
};

} // namespace guildhall
