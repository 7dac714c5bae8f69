// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/json/codec.h"
#include "shared/json/query.h"

#include <QByteArray>
#include <QUrl>

#include <array>
#include <span>
#include <string_view>

namespace guildhall::console {

/// One path parameter as it stands in a URL.
template <typename Tag>
QByteArray pathPart(Id<Tag> id)
{
    return QByteArray::number(id.value());
}
inline QByteArray pathPart(const QString &text)
{
    return json::percentEncode(text.toUtf8());
}

/// `/guilds/{guild}/members/{user}` with the parameters put in, in their order.
QByteArray fillPath(std::string_view pattern, std::span<const QByteArray> parts);

/// A JSON object as a query: lists repeat their key, null is left out.
QByteArray objectToQuery(const json::Value &object);

/// The query an input type stands for, without `?`; empty when nothing is set.
template <typename Input>
QByteArray toQuery(const Input &input)
{
    const QByteArray text = json::encode(input);
    const auto parsed = json::parse(text);
    return parsed ? objectToQuery(*parsed) : QByteArray();
}

/// Where an endpoint lives on a server. @param base as the person typed it, perhaps with a path
QUrl endpointUrl(const QUrl &base, const QByteArray &path, const QByteArray &query);

} // namespace guildhall::console
