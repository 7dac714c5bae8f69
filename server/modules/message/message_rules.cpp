// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_rules.h"

#include "server/modules/message/mention_parser.h"

#include <QUrl>

#include <algorithm>

namespace guildhall::messageRules {

namespace {

constexpr qsizetype maxEmbedText = 6000;
constexpr size_t maxMentions = 100;
constexpr qsizetype maxNonce = 25;
constexpr qsizetype maxComponents = 32 * 1024; ///< bytes of JSON

template <typename T>
bool holds(const std::optional<std::vector<T>> &list, const T &value)
{
    return list && std::find(list->begin(), list->end(), value) != list->end();
}

tl::unexpected<ApiError> refuseAllowed(QByteArray code, QString message)
{
    return refuseField({QStringLiteral("allowed_mentions")}, std::move(code), std::move(message));
}

bool isEmpty(const Embed &embed)
{
    const bool hasFields = embed.fields && !embed.fields->empty();
    const bool hasTitle = embed.title && !embed.title->isEmpty();
    const bool hasDescription = embed.description && !embed.description->isEmpty();
    return !hasTitle && !hasDescription && !hasFields && !embed.author && !embed.footer
        && !embed.image && !embed.thumbnail && !embed.timestamp && !embed.url;
}

qsizetype textLength(const Embed &embed)
{
    qsizetype length = json::codePoints(embed.title.value_or(QString()))
        + json::codePoints(embed.description.value_or(QString()));
    for (const EmbedField &field : embed.fields.value_or(std::vector<EmbedField>()))
        length += json::codePoints(field.name) + json::codePoints(field.value);
    if (embed.footer)
        length += json::codePoints(embed.footer->text);
    if (embed.author)
        length += json::codePoints(embed.author->name);
    return length;
}

/// Every address in an embed, with its place in the body. `attachment://` names a file of the same
/// message and is left to whoever knows the files.
std::vector<std::pair<QStringList, QString>> addresses(const Embed &embed)
{
    std::vector<std::pair<QStringList, QString>> list;
    const auto add = [&](QStringList path, const std::optional<QString> &address) {
        if (address)
            list.emplace_back(std::move(path), *address);
    };
    add({QStringLiteral("url")}, embed.url);
    if (embed.author) {
        add({QStringLiteral("author"), QStringLiteral("url")}, embed.author->url);
        add({QStringLiteral("author"), QStringLiteral("icon_url")}, embed.author->iconUrl);
    }
    if (embed.footer)
        add({QStringLiteral("footer"), QStringLiteral("icon_url")}, embed.footer->iconUrl);
    if (embed.image)
        add({QStringLiteral("image"), QStringLiteral("url")}, embed.image->url);
    if (embed.thumbnail)
        add({QStringLiteral("thumbnail"), QStringLiteral("url")}, embed.thumbnail->url);
    return list;
}

std::optional<FieldError> mistakeIn(const QStringList &path, const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return FieldError{path, "URL_TYPE_INVALID_URL", QStringLiteral("Not a well formed URL.")};
    if (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https")) {
        return FieldError{path, "URL_TYPE_INVALID_SCHEME",
                          QStringLiteral("Scheme must be one of ('http', 'https').")};
    }
    return std::nullopt;
}

void dropIfEmpty(std::optional<QString> &address)
{
    if (address && address->isEmpty())
        address.reset();
}

/// Libraries send "" for an address that was never set.
void dropEmptyAddresses(Embed &embed)
{
    dropIfEmpty(embed.url);
    if (embed.author) {
        dropIfEmpty(embed.author->url);
        dropIfEmpty(embed.author->iconUrl);
    }
    if (embed.footer)
        dropIfEmpty(embed.footer->iconUrl);
    if (embed.image && embed.image->url.isEmpty())
        embed.image.reset();
    if (embed.thumbnail && embed.thumbnail->url.isEmpty())
        embed.thumbnail.reset();
}

/// The form in which embeds go out: "rich", with the proxy address that clients load images from.
void normalize(Embed &embed)
{
    embed.type = QStringLiteral("rich");
    if (embed.image)
        embed.image->proxyUrl = embed.image->url;
    if (embed.thumbnail)
        embed.thumbnail->proxyUrl = embed.thumbnail->url;
}

/// Which of a message's mentions its sender lets through.
class Filter {
public:
    explicit Filter(const std::optional<AllowedMentions> &allowed)
        : m_allowed(allowed)
    { }
    bool user(UserId id) const
    {
        return !m_allowed || parses("users") || holds(m_allowed->users, id);
    }
    bool role(RoleId id) const
    {
        return !m_allowed || parses("roles") || holds(m_allowed->roles, id);
    }
    bool everyone() const { return !m_allowed || parses("everyone"); }
    bool repliedUser() const { return !m_allowed || m_allowed->repliedUser.value_or(false); }

private:
    bool parses(const char *word) const
    {
        return holds(m_allowed->parse, QString::fromLatin1(word));
    }

    const std::optional<AllowedMentions> &m_allowed;
};

} // namespace

Result<void> checkNonce(const std::optional<StringOrInt> &nonce)
{
    if (!nonce || json::codePoints(QString::fromUtf8(nonce->text)) <= maxNonce)
        return {};
    return refuseField({QStringLiteral("nonce")}, "BASE_TYPE_MAX_LENGTH",
                       QStringLiteral("Must be 25 or fewer in length."));
}

Result<void> checkComponents(const RawJson &components)
{
    const QStringList place{QStringLiteral("components")};
    if (!components.text.startsWith('[')) {
        return refuseField(place, "LIST_TYPE_CONVERT",
                           QStringLiteral("Only iterables may be used in a ListType"));
    }
    if (components.text.size() > maxComponents) {
        return refuseField(place, "BASE_TYPE_MAX_LENGTH",
                           QStringLiteral("Must be %1 or fewer in length.").arg(maxComponents));
    }
    return {};
}

Result<void> checkAllowedMentions(const std::optional<AllowedMentions> &allowed)
{
    if (!allowed || !allowed->parse)
        return {};
    for (const QString &word : *allowed->parse) {
        if (word != QLatin1String("users") && word != QLatin1String("roles")
            && word != QLatin1String("everyone")) {
            return refuseAllowed(
                "BASE_TYPE_CHOICES",
                QStringLiteral("Value must be one of ('users', 'roles', 'everyone')."));
        }
    }
    const bool users = holds(allowed->parse, QStringLiteral("users")) && allowed->users
        && !allowed->users->empty();
    const bool roles = holds(allowed->parse, QStringLiteral("roles")) && allowed->roles
        && !allowed->roles->empty();
    if (users || roles) {
        return refuseAllowed(
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
            QStringLiteral("parse and the list of the same kind exclude each other."));
    }
    return {};
}

Result<std::vector<Embed>> checkEmbeds(std::vector<Embed> embeds)
{
    ApiError error = makeError(ErrorCode::InvalidFormBody);
    qsizetype total = 0;
    for (size_t i = 0; i < embeds.size(); ++i) {
        const QStringList place{QStringLiteral("embeds"), QString::number(i)};
        dropEmptyAddresses(embeds[i]);
        total += textLength(embeds[i]);
        if (isEmpty(embeds[i])) {
            error.fields.push_back({place + QStringList{QStringLiteral("description")},
                                    "BASE_TYPE_REQUIRED",
                                    QStringLiteral("This field is required")});
        }
        for (const auto &[path, address] : addresses(embeds[i])) {
            if (auto mistake = mistakeIn(place + path, address))
                error.fields.push_back(std::move(*mistake));
        }
        normalize(embeds[i]);
    }
    if (total > maxEmbedText) {
        error.fields.push_back({{QStringLiteral("embeds")},
                                "MAX_EMBED_SIZE_EXCEEDED",
                                QStringLiteral("Embed size exceeds maximum size of 6000")});
    }
    if (!error.fields.empty())
        return tl::unexpected<ApiError>(std::move(error));
    return embeds;
}

Mentions resolveMentions(const QString &content, const std::optional<AllowedMentions> &allowed,
                         std::optional<UserId> repliedTo, const ChannelGrant &grant,
                         UserService &users)
{
    const Filter filter(allowed);
    const MentionsInText found = parseMentions(content);
    const bool mayMentionAll = grant.has(Permission::MentionEveryone);
    Mentions mentions;
    mentions.everyone = found.everyone && mayMentionAll && filter.everyone();
    for (const RoleId id : found.roles) {
        const RoleRights *role = grant.snapshot().role(id);
        if (role && id != RoleId(grant.guild()) && (role->mentionable || mayMentionAll)
            && filter.role(id))
            mentions.roles.push_back(id);
    }
    std::vector<UserId> ids;
    for (const UserId id : found.users) {
        if (filter.user(id) && ids.size() < maxMentions)
            ids.push_back(id);
    }
    if (repliedTo && filter.repliedUser()
        && std::find(ids.begin(), ids.end(), *repliedTo) == ids.end())
        ids.push_back(*repliedTo);
    if (!ids.empty())
        mentions.users = users.find(ids);
    return mentions;
}

} // namespace guildhall::messageRules
