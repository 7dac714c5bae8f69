// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/json/fields.h"
#include "shared/json/patch.h"

#include <QString>

namespace guildhall {

/// A file of a message. @source api.md 5, "Attachment"
struct Attachment {
    AttachmentId id;
    QString filename;
    qint64 size = 0; ///< bytes
    QString url;
    QString proxyUrl;
    std::optional<QString> contentType;
    std::optional<int> width;
    std::optional<int> height;
    std::optional<QString> description;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(
            field("id", &Attachment::id), field("filename", &Attachment::filename),
            field("size", &Attachment::size), field("url", &Attachment::url),
            field("proxy_url", &Attachment::proxyUrl),
            field("content_type", &Attachment::contentType), field("width", &Attachment::width),
            field("height", &Attachment::height), field("description", &Attachment::description));
    }
};

} // namespace guildhall
