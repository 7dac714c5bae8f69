// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/channel/channel_rules.h"

#include <QRegularExpression>

#include <algorithm>

namespace guildhall::channelRules {

namespace {

Permissions difference(Permissions a, Permissions b)
{
    return a.without(b) | b.without(a);
}

const Overwrite *find(std::span<const Overwrite> overwrites, OverwriteId id)
{
    const auto found
        = std::find_if(overwrites.begin(), overwrites.end(),
                       [id](const Overwrite &overwrite) { return overwrite.id == id; });
    return found == overwrites.end() ? nullptr : &*found;
}

tl::unexpected<ApiError> refuseParent(QByteArray code, QString message)
{
    return refuseField({QStringLiteral("parent_id")}, std::move(code), std::move(message));
}

tl::unexpected<ApiError> refuseOverwrite(size_t index, const char *field, QByteArray code,
                                         QString message)
{
    return refuseField({QStringLiteral("permission_overwrites"), QString::number(index),
                        QString::fromLatin1(field)},
                       std::move(code), std::move(message));
}

} // namespace

QString normalizedName(ChannelType type, const QString &name)
{
    if (type != ChannelType::Text && type != ChannelType::Announcement)
        return name;
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    return name.toLower().replace(blanks, QStringLiteral("-"));
}

bool canBeCreated(ChannelType type)
{
    return type == ChannelType::Text || type == ChannelType::Voice || type == ChannelType::Category
        || type == ChannelType::Announcement || type == ChannelType::Stage;
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

Result<Permissions> requireIn(const GuildSnapshot &guild, UserId user, const Channel &channel,
                              Permissions need)
{
    const Permissions held = guild.permissions(user, channel.type, channel.permissionOverwrites);
    if (!held.has(Permission::ViewChannel))
        return refuse(ErrorCode::MissingAccess);
    if (!held.has(need))
        return refuse(ErrorCode::MissingPermissions);
    return held;
}

bool changesOnly(Permissions held, const Overwrite *before, const Overwrite *after)
{
    const Overwrite none;
    const Overwrite &a = before ? *before : none;
    const Overwrite &b = after ? *after : none;
    // One for a role and one for a member have nothing in common but the number.
    if (a.type != b.type)
        return held.has(a.allow | a.deny | b.allow | b.deny);
    return held.has(difference(a.allow, b.allow) | difference(a.deny, b.deny));
}

bool changesOnly(Permissions held, std::span<const Overwrite> before,
                 std::span<const Overwrite> after)
{
    const auto isAllowed = [&](const Overwrite &overwrite) {
        return changesOnly(held, find(before, overwrite.id), find(after, overwrite.id));
    };
    return std::all_of(before.begin(), before.end(), isAllowed)
        && std::all_of(after.begin(), after.end(), isAllowed);
}

Result<std::vector<Overwrite>> checkOverwrites(std::span<const OverwriteInput> inputs,
                                               Permissions held, std::span<const Overwrite> before,
                                               const GuildSnapshot &guild)
{
    std::vector<Overwrite> overwrites;
    for (size_t i = 0; i < inputs.size(); ++i) {
        const Overwrite overwrite = inputs[i].value();
        const bool isRole = guild.role(RoleId(overwrite.id)) != nullptr;
        if (overwrite.type == OverwriteType::Role && !isRole)
            return refuseOverwrite(i, "id", "BASE_TYPE_CHOICES",
                                   QStringLiteral("Role does not exist"));
        if (overwrite.type == OverwriteType::Member && isRole)
            return refuseOverwrite(i, "type", "BASE_TYPE_CHOICES",
                                   QStringLiteral("This is a role, not a member"));
        if (find(overwrites, overwrite.id))
            return refuseOverwrite(i, "id", "BASE_TYPE_CHOICES",
                                   QStringLiteral("Duplicate overwrite"));
        if (overwrite.allow.hasAny(overwrite.deny)) {
            return refuseOverwrite(
                i, "allow", "BASE_TYPE_CHOICES",
                QStringLiteral("A permission cannot be both allowed and denied"));
        }
        overwrites.push_back(overwrite);
    }
    if (!changesOnly(held, before, overwrites))
        return refuse(ErrorCode::MissingPermissions);
    // As the database gives them back.
    std::sort(overwrites.begin(), overwrites.end(),
              [](const Overwrite &a, const Overwrite &b) { return a.id < b.id; });
    return overwrites;
}

bool sameOverwrites(std::vector<Overwrite> a, std::vector<Overwrite> b)
{
    const auto byId = [](const Overwrite &x, const Overwrite &y) {
        return x.id < y.id;
    };
    std::sort(a.begin(), a.end(), byId);
    std::sort(b.begin(), b.end(), byId);
    return a == b;
}

} // namespace guildhall::channelRules
