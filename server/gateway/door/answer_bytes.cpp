// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/answer_bytes.h"

#include "server/gateway/rest/reason_phrase.h"
#include "shared/core/api_error.h"

#include <QDateTime>
#include <QLocale>

#include <utility>

namespace guildhall {

namespace {

ApiError describe(int status)
{
    switch (status) {
    case 400:
        return makeError(ErrorCode::BadRequest);
    case 408:
        return makeError(ErrorCode::RequestTimeout);
    case 413:
        return makeError(ErrorCode::RequestTooLarge);
    case 415:
        return makeError(ErrorCode::UnsupportedEncoding);
    case 431:
        return makeError(ErrorCode::HeadersTooLarge);
    case 500:
        return makeError(ErrorCode::Internal);
    case 503:
        return makeError(ErrorCode::Unavailable);
    default:
        return makeError(ErrorCode::BadRequest,
                         QString::number(status) + QStringLiteral(": ")
                             + QString::fromLatin1(reasonPhrase(status)));
    }
}

} // namespace

Response errorResponse(int status)
{
    const ApiError error = describe(status);
    Response response;
    response.status = status;
    response.headers.emplaceBack("Content-Type", "application/json");
    if (status == 503)
        response.headers.emplaceBack("Retry-After", "1");
    // The sentences are our own and need no escaping.
    response.body = "{\"code\":" + QByteArray::number(wireCode(error.code)) + ",\"message\":\""
        + error.message.toUtf8() + "\"}";
    response.closeAfter = true;
    return response;
}

QByteArray answerBytes(const Response &response)
{
    QByteArray bytes;
    bytes.reserve(512 + response.body.size());
    bytes += "HTTP/1.1 ";
    bytes += QByteArray::number(response.status);
    bytes += ' ';
    bytes += reasonPhrase(response.status);
    bytes += "\r\n";
    for (const auto &header : response.headers) {
        if (!mayBeSent(header))
            continue;
        bytes += header.first;
        bytes += ": ";
        bytes += header.second;
        bytes += "\r\n";
    }
    if (response.status != 204 && response.status != 304) {
        bytes += "Content-Length: ";
        bytes += QByteArray::number(response.body.size());
        bytes += "\r\n";
    }
    bytes += "\r\n";
    bytes += response.body;
    return bytes;
}

void dressAnswer(QByteArray &answer, const QByteArray &headerLines, bool withBody)
{
    if (!withBody) {
        const qsizetype end = answer.indexOf("\r\n\r\n");
        if (end >= 0)
            answer.truncate(end + 4);
    }
    const qsizetype statusLine = answer.indexOf("\r\n");
    if (statusLine >= 0)
        answer.insert(statusLine + 2, headerLines);
}

const QByteArray &DateLine::now()
{
    const qint64 second = QDateTime::currentSecsSinceEpoch();
    if (std::exchange(m_second, second) != second) {
        const QDateTime time = QDateTime::fromSecsSinceEpoch(second, Qt::UTC);
        m_line = "Date: "
            + QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1() + "\r\n";
    }
    return m_line;
}

} // namespace guildhall
