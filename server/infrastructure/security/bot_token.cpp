// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/bot_token.h"

#include "server/infrastructure/security/random.h"

#include <QtEndian>

namespace guildhall::botToken {

namespace {

constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr auto strictDecoding
    = QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors;
constexpr qsizetype maxTokenSize = 256;
constexpr qsizetype timeSize = 4;
constexpr int secretBytes = 27;

/// The bytes of a segment; nothing when another text would decode to the same.
std::optional<QByteArray> decodeSegment(QByteArrayView segment)
{
    const auto decoded = QByteArray::fromBase64Encoding(segment.toByteArray(), strictDecoding);
    if (!decoded || decoded.decoded.isEmpty()
        || QByteArrayView(decoded.decoded.toBase64(encoding)) != segment)
        return std::nullopt;
    return decoded.decoded;
}

} // namespace

Secret<QByteArray> make(UserId bot, Timestamp now)
{
    QByteArray time(timeSize, Qt::Uninitialized);
    qToBigEndian(quint32(now.ms / 1000), time.data());
    return Secret(bot.toString().toLatin1().toBase64(encoding) + '.' + time.toBase64(encoding) + '.'
                  + random::urlToken(secretBytes));
}

std::optional<UserId> userOf(QByteArrayView token)
{
    if (token.size() > maxTokenSize)
        return std::nullopt;
    const qsizetype first = token.indexOf('.');
    const qsizetype second = first < 0 ? -1 : token.indexOf('.', first + 1);
    if (second < 0 || token.indexOf('.', second + 1) >= 0)
        return std::nullopt;
    const auto id = decodeSegment(token.first(first));
    const auto time = decodeSegment(token.sliced(first + 1, second - first - 1));
    const auto secret = decodeSegment(token.sliced(second + 1));
    if (!id || !time || time->size() != timeSize || !secret || secret->size() != secretBytes)
        return std::nullopt;
    const auto value = parseSnowflake(std::string_view(id->constData(), size_t(id->size())));
    if (!value || *value == 0)
        return std::nullopt;
    return UserId(*value);
}

} // namespace guildhall::botToken
