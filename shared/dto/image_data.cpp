// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/dto/image_data.h"

#include <QCryptographicHash>

#include <algorithm>

namespace guildhall {

namespace {

/// Reads a GIF's blocks as far as the second picture, if there is one.
class GifWalk {
public:
    explicit GifWalk(QByteArrayView bytes)
        : m_bytes(bytes)
    { }

    bool hasSecondPicture()
    {
        m_at = 6 + 4; // signature, size of the screen
        skipColours(take());
        skip(2);
        int pictures = 0;
        while (m_at < m_bytes.size()) {
            switch (take()) {
            case 0x21: // extension
                skip(1);
                skipBlocks();
                break;
            case 0x2c: // picture
                if (++pictures == 2)
                    return true;
                skip(8);
                skipColours(take());
                skip(1);
                skipBlocks();
                break;
            default: // end, or nonsense
                return false;
            }
        }
        return false;
    }

private:
    int take() { return m_at < m_bytes.size() ? uchar(m_bytes[m_at++]) : 0; }
    void skip(qsizetype count) { m_at += count; }
    void skipColours(int flags)
    {
        if (flags & 0x80)
            skip(3 * (2 << (flags & 7)));
    }
    void skipBlocks()
    {
        while (const int size = take())
            skip(size);
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};

std::optional<ImageData::Kind> kindOf(QByteArrayView bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return ImageData::Kind::Png;
    if (bytes.startsWith("\xff\xd8\xff"))
        return ImageData::Kind::Jpeg;
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return ImageData::Kind::Gif;
    if (bytes.size() >= 12 && bytes.startsWith("RIFF") && bytes.sliced(8).startsWith("WEBP"))
        return ImageData::Kind::Webp;
    return std::nullopt;
}

const char *typeName(ImageData::Kind kind)
{
    switch (kind) {
    case ImageData::Kind::Png:
        return "png";
    case ImageData::Kind::Jpeg:
        return "jpeg";
    case ImageData::Kind::Gif:
        return "gif";
    case ImageData::Kind::Webp:
        return "webp";
    }
    Q_UNREACHABLE();
}

/// The base64 text behind the comma; nothing when the label is not that of an image we know.
std::optional<QByteArrayView> textOf(QByteArrayView uri)
{
    constexpr qsizetype longestLabel = 40;
    const qsizetype comma = uri.first(std::min(uri.size(), longestLabel)).indexOf(',');
    if (comma < 0)
        return std::nullopt;
    const QByteArray label = uri.first(comma).toByteArray().toLower();
    for (const char *type : {"png", "jpeg", "jpg", "gif", "webp"}) {
        if (label == QByteArray("data:image/") + type + ";base64")
            return uri.sliced(comma + 1);
    }
    return std::nullopt;
}

} // namespace

std::optional<ImageData> ImageData::fromDataUri(QByteArrayView uri)
{
    const std::optional<QByteArrayView> text = textOf(uri);
    if (!text || text->size() > (maxBytes + 2) / 3 * 4)
        return std::nullopt;
    auto decoded
        = QByteArray::fromBase64Encoding(QByteArray::fromRawData(text->data(), text->size()),
                                         QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() > maxBytes)
        return std::nullopt;
    const std::optional<Kind> kind = kindOf(decoded.decoded);
    if (!kind)
        return std::nullopt;
    const bool animated = *kind == Kind::Gif && GifWalk(decoded.decoded).hasSecondPicture();
    return ImageData{*kind, animated, std::move(decoded.decoded)};
}

QByteArray ImageData::toDataUri() const
{
    return QByteArray("data:image/") + typeName(kind) + ";base64," + bytes.toBase64();
}

QString ImageData::hash() const
{
    const QByteArray digest = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    return (animated ? QStringLiteral("a_") : QString())
        + QString::fromLatin1(digest.first(16).toHex());
}

void json::Codec<ImageData>::read(const Value &in, ImageData &image, Decoder &decoder)
{
    std::optional<ImageData> read;
    if (in.IsString())
        read = ImageData::fromDataUri({in.GetString(), qsizetype(in.GetStringLength())});
    if (read)
        image = std::move(*read);
    else
        decoder.fail("IMAGE_INVALID", QStringLiteral("Invalid image data"));
}

} // namespace guildhall
