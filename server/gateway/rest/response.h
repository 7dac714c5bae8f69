// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace guildhall {

/// An answer. Content-Length, Connection and Date are the door's: those given here are left out.
/// The body of an answer to HEAD is left out too, its length is not.
struct Response {
    int status = 200;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< one with a line end in it is left out
    QByteArray body; ///< must be empty with 204 and 304
    bool closeAfter = false; ///< ends the connection after the answer
};

/// Whether a header of an answer goes out: not when it is one of the door's own, and not when it
/// could be read as more than one line.
bool mayBeSent(const std::pair<QByteArray, QByteArray> &header);

} // namespace guildhall
