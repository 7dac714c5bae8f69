// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/leaf_codecs.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace guildhall {

/// An image inside a JSON body: `data:image/png;base64,…`. What it is is told from its first bytes,
/// not from the label, which some libraries always set to jpg.
/// @source api.md 6.2 "Image data", 14.28
struct ImageData {
    enum class Kind { Png, Jpeg, Gif, Webp };
    static constexpr qsizetype maxBytes = 10 * 1024 * 1024;

    Kind kind = Kind::Png;
    bool animated = false; ///< a GIF of several pictures
    QByteArray bytes;

    /// Nothing when it is no data URI, not base64, too big or none of the four kinds.
    static std::optional<ImageData> fromDataUri(QByteArrayView uri);
    QByteArray toDataUri() const;
    /// What clients build the address from: 32 hexadecimal digits of the content, `a_` before them
    /// when it is animated.
    QString hash() const;

    friend bool operator==(const ImageData &, const ImageData &) = default;
};

/// Fails with IMAGE_INVALID.
template <>
struct json::Codec<ImageData> {
    static void write(Writer &out, const ImageData &image)
    {
        out.value(QByteArrayView(image.toDataUri()));
    }
    static void read(const Value &in, ImageData &image, Decoder &decoder);
};

} // namespace guildhall
