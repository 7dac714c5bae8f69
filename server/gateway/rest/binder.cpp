// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/binder.h"

namespace guildhall::binder {

Result<json::Document> parseBody(const Call &call)
{
    if (QByteArrayView(call.body).trimmed().isEmpty())
        return json::Document(rapidjson::kObjectType);
    const qsizetype parameters = call.contentType.indexOf(';');
    const QByteArray type = (parameters < 0 ? call.contentType : call.contentType.left(parameters))
                                .trimmed()
                                .toLower();
    if (type != "application/json") {
        return refuse(ErrorCode::InvalidFormBody,
                      QStringLiteral("Expected \"Content-Type\" header to be application/json."));
    }
    return json::parse(call.body);
}

ApiError notASnowflake(const QByteArray &name, const QByteArray &value)
{
    return makeFieldError(
        {QString::fromLatin1(name)}, "NUMBER_TYPE_COERCE",
        QStringLiteral("Value \"%1\" is not snowflake.").arg(QString::fromUtf8(value.left(64))));
}

} // namespace guildhall::binder
