// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/endpoint_url.h"

namespace guildhall::console {

namespace {

constexpr auto apiPrefix = "/api/v10";

QByteArray queryValue(const json::Value &value)
{
    if (value.IsBool())
        return value.GetBool() ? "true" : "false";
    if (value.IsString()) {
        return json::percentEncode(
            QByteArrayView(value.GetString(), qsizetype(value.GetStringLength())));
    }
    if (value.IsInt64())
        return QByteArray::number(qint64(value.GetInt64()));
    return QByteArray::number(value.GetDouble(), 'g', 17);
}

void append(QByteArray &query, const json::Value &name, const json::Value &value)
{
    if (!query.isEmpty())
        query += '&';
    query
        += json::percentEncode(QByteArrayView(name.GetString(), qsizetype(name.GetStringLength())));
    query += '=';
    query += queryValue(value);
}

} // namespace

QByteArray fillPath(std::string_view pattern, std::span<const QByteArray> parts)
{
    QByteArray path;
    size_t next = 0;
    while (!pattern.empty()) {
        const size_t open = pattern.find('{');
        path.append(pattern.data(), qsizetype(std::min(open, pattern.size())));
        if (open == std::string_view::npos)
            break;
        Q_ASSERT(next < parts.size());
        path += parts[next++];
        pattern.remove_prefix(pattern.find('}', open) + 1);
    }
    Q_ASSERT(next == parts.size());
    return path;
}

QByteArray objectToQuery(const json::Value &object)
{
    QByteArray query;
    if (!object.IsObject())
        return query;
    for (auto it = object.MemberBegin(); it != object.MemberEnd(); ++it) {
        if (it->value.IsNull())
            continue;
        if (!it->value.IsArray()) {
            append(query, it->name, it->value);
            continue;
        }
        for (const json::Value &item : it->value.GetArray())
            append(query, it->name, item);
    }
    return query;
}

QUrl endpointUrl(const QUrl &base, const QByteArray &path, const QByteArray &query)
{
    QByteArray prefix = base.path(QUrl::FullyEncoded).toLatin1();
    while (prefix.endsWith('/'))
        prefix.chop(1);
    QUrl url = base.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
    url.setPath(QString::fromLatin1(prefix + apiPrefix + path), QUrl::StrictMode);
    if (!query.isEmpty())
        url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    return url;
}

} // namespace guildhall::console
