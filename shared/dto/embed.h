// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/timestamp.h"
#include "shared/json/fields.h"
#include "shared/json/patch.h"
#include "shared/json/rules.h"

#include <QString>

#include <vector>

namespace guildhall {

struct EmbedFooter {
    QString text;
    std::optional<QString> iconUrl;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("text", &EmbedFooter::text, Length{1, 2048}),
                      field("icon_url", &EmbedFooter::iconUrl));
    }
};

struct EmbedMedia {
    QString url;
    std::optional<QString> proxyUrl;
    std::optional<int> width;
    std::optional<int> height;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(
            field("url", &EmbedMedia::url), field("proxy_url", &EmbedMedia::proxyUrl),
            field("width", &EmbedMedia::width), field("height", &EmbedMedia::height));
    }
};

struct EmbedAuthor {
    QString name;
    std::optional<QString> url;
    std::optional<QString> iconUrl;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("name", &EmbedAuthor::name, Length{1, 256}),
                      field("url", &EmbedAuthor::url), field("icon_url", &EmbedAuthor::iconUrl));
    }
};

struct EmbedField {
    QString name;
    QString value;
    bool isInline = false;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("name", &EmbedField::name, Length{1, 256}),
                      field("value", &EmbedField::value, Length{1, 1024}),
                      field("inline", &EmbedField::isInline, MayBeAbsent{}));
    }
};

/// Rich content of a message, written by its sender. @source api.md 5, "Embed"
struct Embed {
    std::optional<QString> title;
    QString type = QStringLiteral("rich");
    std::optional<QString> description;
    std::optional<QString> url;
    std::optional<Timestamp> timestamp;
    std::optional<int> color;
    std::optional<EmbedFooter> footer;
    std::optional<EmbedMedia> image;
    std::optional<EmbedMedia> thumbnail;
    std::optional<EmbedAuthor> author;
    std::optional<std::vector<EmbedField>> fields;

    static constexpr auto jsonFields()
    {
        using json::field;
        using json::Length;
        return json::fields(field("title", &Embed::title, Length{0, 256}),
                            field("type", &Embed::type, json::MayBeAbsent{}),
                            field("description", &Embed::description, Length{0, 4096}),
                            field("url", &Embed::url), field("timestamp", &Embed::timestamp),
                            field("color", &Embed::color, json::Range{0, 0xffffff}),
                            field("footer", &Embed::footer), field("image", &Embed::image),
                            field("thumbnail", &Embed::thumbnail), field("author", &Embed::author),
                            field("fields", &Embed::fields, json::Items{0, 25}));
    }
};

} // namespace guildhall
