// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/response.h"

#include <QByteArray>

namespace guildhall {

/// The answer of the door itself to a request that goes no further: JSON, as everywhere.
/// @param status a client or server error
Response errorResponse(int status);

/// The answer as it is on the wire, but for what dressAnswer() adds.
QByteArray answerBytes(const Response &response);

/// Adds header lines (each with its line end) after the status line; leaves the body out for HEAD.
void dressAnswer(QByteArray &answer, const QByteArray &headerLines, bool withBody);

/// "Date: …" with its line end, for now; made anew once a second.
/// @thread http (keeps the last one)
class DateLine {
public:
    const QByteArray &now();

private:
    qint64 m_second = -1;
    QByteArray m_line;
};

} // namespace guildhall
