// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/query.h"

#include <QUrl>

namespace guildhall::json {

namespace {

QByteArray decodePart(QByteArrayView part)
{
    QByteArray text = part.toByteArray();
    text.replace('+', ' ');
    // Through QString, so that bytes which are no UTF-8 become U+FFFD and not a fault further in.
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text)).toUtf8();
}

void add(Document &document, const QByteArray &key, const QByteArray &value)
{
    auto &allocator = document.GetAllocator();
    const auto copy = [&](const QByteArray &text) {
        return Value(text.constData(), rapidjson::SizeType(text.size()), allocator);
    };
    const auto found
        = document.FindMember(Value(rapidjson::StringRef(key.constData(), size_t(key.size()))));
    if (found == document.MemberEnd()) {
        document.AddMember(copy(key), copy(value), allocator);
        return;
    }
    if (!found->value.IsArray()) {
        Value list(rapidjson::kArrayType);
        list.PushBack(Value(found->value, allocator), allocator);
        found->value = list;
    }
    found->value.PushBack(copy(value), allocator);
}

} // namespace

Document queryToObject(QByteArrayView query)
{
    Document document(rapidjson::kObjectType);
    for (qsizetype start = 0; start < query.size();) {
        qsizetype end = query.indexOf('&', start);
        if (end < 0)
            end = query.size();
        const QByteArrayView part = query.sliced(start, end - start);
        start = end + 1;
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        QByteArray key = decodePart(equals < 0 ? part : part.first(equals));
        if (key.endsWith("[]"))
            key.chop(2);
        add(document, key, equals < 0 ? QByteArray() : decodePart(part.sliced(equals + 1)));
    }
    return document;
}

QByteArray percentEncode(QByteArrayView value)
{
    return QUrl::toPercentEncoding(QString::fromUtf8(value));
}

} // namespace guildhall::json
