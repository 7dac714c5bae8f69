// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>

#include <memory>
#include <utility>

namespace guildhall {

/// A header: the name in lower case, the value without blanks around it.
using HeaderPair = std::pair<QByteArray, QByteArray>;

/// What came before the body. Strictly framed: one Host, no control characters in values, a target
/// in origin form (`/path?query`).
struct RequestHead {
    QByteArray method; ///< as sent; methods are case-sensitive
    QByteArray target; ///< path and query, as sent
    QByteArray path; ///< still percent-encoded; its escapes are sound
    QByteArray query; ///< without the question mark, still percent-encoded
    QList<HeaderPair> headers;
    QHostAddress peer; ///< who holds the other end of the connection: a client or a proxy

    /// The value of the first header of that name (given in lower case); null when there is none.
    QByteArray header(QByteArrayView name) const
    {
        for (const HeaderPair &pair : headers) {
            if (pair.first == name)
                return pair.second.isNull() ? QByteArray("") : pair.second;
        }
        return {};
    }
};

/// One whole request. `ticket` is what its answer is given with; it is never used twice.
struct Request {
    RequestHead head;
    QByteArray body;
    quint64 ticket = 0;
    /// What counts the body's memory; goes with the last who keeps the body.
    std::shared_ptr<const void> bodyShare = {};
};

} // namespace guildhall
