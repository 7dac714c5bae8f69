// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/dto/channel_rules.h"

#include "shared/core/field_errors.h"

#include <algorithm>
#include <iterator>

namespace guildhall::channelRules {

namespace {

constexpr int usualBitrate = 64000;

bool canBeMade(ChannelType type)
{
    return type == ChannelType::Text || type == ChannelType::Voice || type == ChannelType::Category
        || type == ChannelType::Announcement || type == ChannelType::Stage;
}

void addTo(std::vector<FieldError> &mistakes, const ApiError &error)
{
    std::ranges::copy(error.fields, std::back_inserter(mistakes));
}

tl::unexpected<ApiError> refuseParent(QByteArray code, QString message)
{
    return refuseField({QStringLiteral("parent_id")}, std::move(code), std::move(message));
}

void giveVoiceSettings(Channel &channel, const CreateChannel &body)
{
    channel.bitrate = body.bitrate.value_or(usualBitrate);
    channel.userLimit = body.userLimit.value_or(0);
    channel.rtcRegion = body.rtcRegion ? Patch<QString>(*body.rtcRegion) : Patch<QString>::clear();
    channel.videoQualityMode = body.videoQualityMode.value_or(1);
}

} // namespace

Result<QString> keptName(ChannelType type, const QString &wanted)
{
    if (isVoiceLike(type) || type == ChannelType::Category)
        return wanted;
    QString name = wanted.toLower().simplified();
    name.replace(QLatin1Char(' '), QLatin1Char('-'));
    if (json::codePoints(name) > maxName) {
        return refuseField({QStringLiteral("name")}, "BASE_TYPE_BAD_LENGTH",
                           QStringLiteral("Must be between 1 and 100 in length."));
    }
    return name;
}

Result<void> checkTopic(const QString &topic)
{
    if (json::codePoints(topic) > maxTopic) {
        return refuseField({QStringLiteral("topic")}, "BASE_TYPE_MAX_LENGTH",
                           QStringLiteral("Must be 1024 or fewer in length."));
    }
    return {};
}

Result<Channel> described(const CreateChannel &body)
{
    std::vector<FieldError> mistakes;
    if (!canBeMade(body.type)) {
        mistakes.push_back({{QStringLiteral("type")},
                            "BASE_TYPE_CHOICES",
                            QStringLiteral("Value must be one of (0, 2, 4, 5, 13).")});
    }
    if (const auto topic = checkTopic(body.topic.value_or(QString())); !topic)
        addTo(mistakes, topic.error());
    auto name = keptName(body.type, body.name);
    if (!name)
        addTo(mistakes, name.error());
    if (!mistakes.empty())
        return tl::unexpected<ApiError>(makeFieldErrors(std::move(mistakes)));
    Channel channel;
    channel.type = body.type;
    channel.name = std::move(*name);
    channel.topic = body.topic;
    channel.position = body.position.value_or(0);
    channel.nsfw = body.nsfw.value_or(false);
    channel.rateLimitPerUser = body.rateLimitPerUser.value_or(0);
    channel.defaultAutoArchiveDuration = body.defaultAutoArchiveDuration;
    channel.defaultThreadRateLimitPerUser = body.defaultThreadRateLimitPerUser;
    if (isVoiceLike(body.type))
        giveVoiceSettings(channel, body);
    return channel;
}

Result<void> checkParent(std::span<const Channel> channels, ChannelType type, ChannelId channel,
                         ChannelId parent)
{
    const auto found
        = std::find_if(channels.begin(), channels.end(),
                       [parent](const Channel &candidate) { return candidate.id == parent; });
    if (found == channels.end() || type == ChannelType::Category)
        return refuseParent("CHANNEL_PARENT_INVALID", QStringLiteral("Category does not exist"));
    if (found->type != ChannelType::Category)
        return refuseParent("CHANNEL_PARENT_INVALID_TYPE", QStringLiteral("Not a category"));
    const auto children
        = std::count_if(channels.begin(), channels.end(), [&](const Channel &other) {
              return other.parentId.value_or(ChannelId()) == parent && other.id != channel;
          });
    if (size_t(children) >= maxChildren) {
        return refuseParent("CHANNEL_PARENT_MAX_CHANNELS",
                            QStringLiteral("Maximum number of channels in category reached (50)"));
    }
    return {};
}

Result<std::vector<Overwrite>> overwritesOf(std::span<const OverwriteInput> inputs,
                                            const TargetOf &targetOf)
{
    std::vector<Overwrite> overwrites;
    std::vector<FieldError> mistakes;
    for (size_t i = 0; i < inputs.size(); ++i) {
        Overwrite overwrite = inputs[i].value();
        const auto note = [&](const char *field, const char *message) {
            mistakes.push_back({{QStringLiteral("permission_overwrites"), QString::number(i),
                                 QString::fromLatin1(field)},
                                "BASE_TYPE_CHOICES",
                                QString::fromLatin1(message)});
        };
        const auto target = targetOf(inputs[i]);
        if (!target) {
            note("id", "No role or member of that type");
            continue;
        }
        overwrite.id = *target;
        if (std::ranges::find(overwrites, overwrite.id, &Overwrite::id) != overwrites.end())
            note("id", "Duplicate overwrite");
        if (overwrite.allow.hasAny(overwrite.deny))
            note("allow", "A permission cannot be both allowed and denied");
        overwrites.push_back(overwrite);
    }
    if (!mistakes.empty())
        return tl::unexpected<ApiError>(makeFieldErrors(std::move(mistakes)));
    std::ranges::sort(overwrites, {}, &Overwrite::id); // as the database gives them back
    return overwrites;
}

} // namespace guildhall::channelRules
