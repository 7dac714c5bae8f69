// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_editing.h"

#include "server/infrastructure/runtime/clock.h"
#include "server/modules/message/message_repository.h"
#include "shared/core/snowflake.h"

#include <algorithm>

namespace guildhall {

namespace {

/// Older messages cannot be deleted in bulk. @source api.md 2, 50034
constexpr qint64 bulkDeleteAgeMs = 14ll * 24 * 60 * 60 * 1000;

/// Notices that nobody can delete. @source api.md 6.6
bool isLasting(MessageType type)
{
    const int number = int(type);
    return (number >= 1 && number <= 5) || (number >= 14 && number <= 17) || number == 21;
}

template <typename T>
Later<Result<T>> refuseNow(ApiError error)
{
    return Later<Result<T>>::now(tl::unexpected<ApiError>(std::move(error)));
}

} // namespace

MessageEditing::MessageEditing(const Kernel &kernel, PermissionService &permissions,
                               UserService &users, MessageView &view, MessageLane &lane)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_users(users)
    , m_view(view)
    , m_lane(lane)
{ }

void MessageEditing::Change::applyTo(MessageRecord &record) const
{
    if (flags) {
        record.flags = (record.flags & ~messageFlag::suppressEmbeds)
            | (*flags & messageFlag::suppressEmbeds);
    }
    if (content)
        record.content = *content;
    if (embeds)
        record.embeds = *embeds;
    if (components)
        record.components = *components;
    if (mentions) {
        record.mentionEveryone = mentions->everyone;
        record.mentionRoles = mentions->roles;
        record.mentions.clear();
        for (const User &user : mentions->users)
            record.mentions.push_back(user.id);
    }
    if (editedAt)
        record.editedAt = editedAt;
}

Result<void> MessageEditing::addContent(const EditMessage &body, const Caller &who,
                                        const ChannelGrant &grant, const MessageRecord &record,
                                        Change &change)
{
    GH_CHECK(messageRules::checkAllowedMentions(body.allowedMentions));
    if (body.content.isPresent())
        change.content = body.content.valueOr(QString());
    if (body.embeds.isPresent() && grant.has(Permission::EmbedLinks)) {
        GH_TRY(const std::vector<Embed> embeds,
               messageRules::checkEmbeds(body.embeds.valueOr(std::vector<Embed>())));
        change.embeds.emplace(embeds.empty() ? std::nullopt : std::optional(json::encode(embeds)));
    }
    if (body.components.isPresent() && who.bot) {
        const RawJson components = body.components.valueOr(RawJson{"[]"});
        GH_CHECK(messageRules::checkComponents(components));
        change.components.emplace(components.text == "[]" ? std::nullopt
                                                          : std::optional(components.text));
    }
    if (change.content || body.allowedMentions) {
        const auto repliedTo
            = record.referenced ? std::optional(record.referenced->author) : std::nullopt;
        change.mentions
            = messageRules::resolveMentions(change.content.value_or(record.content),
                                            body.allowedMentions, repliedTo, grant, m_users);
    }
    change.editedAt = m_kernel.clock.now();
    return {};
}

Result<MessageEditing::JudgedEdit>
MessageEditing::judgeEdit(const Caller &who, ChannelId channel, MessageId id,
                          const Submitted<EditMessage> &submitted)
{
    GH_TRY(ChannelGrant grant, m_permissions.requireVisible(who.user, channel));
    const auto record = MessageRepository::find(m_kernel.database.session(), channel, id);
    if (!record)
        return refuse(ErrorCode::UnknownMessage);
    const bool own = record->author == who.user;
    if (!own && !grant.has(Permission::ManageMessages))
        return refuse(ErrorCode::EditAnotherUsersMessage);
    GH_TRY(const EditMessage body, submitted.checked());
    const bool onlyFlags = !body.content.isPresent() && !body.embeds.isPresent()
        && !body.components.isPresent() && !body.attachments.isPresent();
    if (!own && !onlyFlags)
        return refuse(ErrorCode::EditAnotherUsersMessage);
    if (isSystem(record->type))
        return refuse(ErrorCode::SystemMessage);
    Change change;
    if (body.flags.hasValue())
        change.flags = *body.flags;
    if (!onlyFlags)
        GH_CHECK(addContent(body, who, grant, *record, change));
    return JudgedEdit{std::move(grant), id, std::move(change)};
}

Result<Message> MessageEditing::store(db::Tx &tx, const JudgedEdit &edit)
{
    auto record = MessageRepository::find(tx, edit.grant.channel(), edit.message);
    if (!record)
        return refuse(ErrorCode::UnknownMessage);
    edit.change.applyTo(*record);
    if (record->content.isEmpty() && !record->embeds && !record->components)
        return refuse(ErrorCode::EmptyMessage);
    MessageRepository::update(tx, *record);
    MessageInGuild shown = m_view.showInGuild(*record, edit.grant.snapshot());
    tx.publishOnCommit(MessageUpdated{{shown}});
    return withoutMemberships(std::move(shown));
}

Later<Result<Message>> MessageEditing::edit(const Caller &who, ChannelId channel, MessageId id,
                                            const Submitted<EditMessage> &submitted)
{
    Result<JudgedEdit> edit = judgeEdit(who, channel, id, submitted);
    if (!edit)
        return refuseNow<Message>(std::move(edit.error()));
    return m_lane.run<Message>(
        [this, edit = std::move(*edit)](db::Tx &tx) { return store(tx, edit); });
}

Result<ChannelGrant> MessageEditing::judgeRemoval(const Caller &who, ChannelId channel,
                                                  MessageId id)
{
    GH_TRY(ChannelGrant grant, m_permissions.requireVisible(who.user, channel));
    const auto record = MessageRepository::find(m_kernel.database.session(), channel, id);
    if (!record)
        return refuse(ErrorCode::UnknownMessage);
    if (record->author != who.user && !grant.has(Permission::ManageMessages))
        return refuse(ErrorCode::MissingPermissions);
    if (isLasting(record->type))
        return refuse(ErrorCode::SystemMessage);
    return grant;
}

Later<Result<api::NoReply>> MessageEditing::remove(const Caller &who, ChannelId channel,
                                                   MessageId id)
{
    const Result<ChannelGrant> grant = judgeRemoval(who, channel, id);
    if (!grant)
        return refuseNow<api::NoReply>(grant.error());
    return m_lane.run<api::NoReply>(
        [id, channel, guild = grant->guild()](db::Tx &tx) -> Result<api::NoReply> {
            if (MessageRepository::remove(tx, channel, {&id, 1}).empty())
                return refuse(ErrorCode::UnknownMessage);
            tx.publishOnCommit(MessageDeleted{id, channel, guild});
            return api::NoReply{};
        });
}

Later<Result<api::NoReply>> MessageEditing::removeMany(const Caller &who, ChannelId channel,
                                                       const Submitted<BulkDelete> &submitted)
{
    const auto grant = m_permissions.require(who.user, channel, Permission::ManageMessages);
    if (!grant)
        return refuseNow<api::NoReply>(grant.error());
    if (!submitted.checked())
        return refuseNow<api::NoReply>(submitted.checked().error());
    std::vector<MessageId> ids = submitted.checked()->messages;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (ids.size() < 2 || ids.size() > 100)
        return refuseNow<api::NoReply>(makeError(ErrorCode::BulkDeleteCount));
    if (createdAt(ids.front()).ms < m_kernel.clock.now().ms - bulkDeleteAgeMs)
        return refuseNow<api::NoReply>(makeError(ErrorCode::MessageTooOld));
    return m_lane.run<api::NoReply>(
        [ids, channel, guild = grant->guild()](db::Tx &tx) -> Result<api::NoReply> {
            auto removed = MessageRepository::remove(tx, channel, ids);
            std::sort(removed.begin(), removed.end());
            if (!removed.empty())
                tx.publishOnCommit(MessagesDeleted{std::move(removed), channel, guild});
            return api::NoReply{};
        });
}

} // namespace guildhall
