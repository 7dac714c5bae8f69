// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_creation.h"

#include "server/infrastructure/logging/categories.h"
#include "server/modules/message/message_repository.h"

namespace guildhall {

namespace {

/// Bit of system_channel_flags that silences welcomes.
constexpr int suppressJoinNotices = 1 << 0;

tl::unexpected<ApiError> refuseReference(QByteArray code, QString message)
{
    return refuseField({QStringLiteral("message_reference")}, std::move(code), std::move(message));
}

/// Those whom slow mode does not slow. @source api.md 3.3
std::chrono::seconds slowModeOf(const Caller &who, const ChannelGrant &grant)
{
    constexpr Permissions exempt{Permission::ManageMessages, Permission::ManageChannels,
                                 Permission::BypassSlowmode};
    if (who.bot || grant.permissions().hasAny(exempt))
        return std::chrono::seconds(0);
    return std::chrono::seconds(grant.rights().rateLimitPerUser);
}

} // namespace

MessageCreation::MessageCreation(const Kernel &kernel, PermissionService &permissions,
                                 UserService &users, MessageView &view, MessageLane &lane)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_users(users)
    , m_view(view)
    , m_lane(lane)
{ }

Later<Result<Message>> MessageCreation::create(const Caller &who, ChannelId channel,
                                               const Submitted<CreateMessage> &submitted)
{
    Result<MessageDraft> draft = judge(who, channel, submitted);
    if (!draft)
        return Later<Result<Message>>::now(tl::unexpected<ApiError>(std::move(draft.error())));
    return m_lane.post(std::move(*draft)).map([this, channel](Result<StoredMessage> stored) {
        return answer(std::move(stored), channel);
    });
}

Result<Message> MessageCreation::answer(Result<StoredMessage> stored, ChannelId channel)
{
    if (!stored)
        return tl::unexpected<ApiError>(std::move(stored.error()));
    if (stored->created)
        return withoutMemberships(std::move(*stored->created));
    try {
        const auto twin
            = MessageRepository::find(m_kernel.database.session(), channel, stored->existing);
        if (!twin)
            return refuse(ErrorCode::UnknownMessage);
        return m_view.show(*twin);
    } catch (const std::exception &fault) {
        // In the lane's thread: without an answer the request would stay open for good.
        qCWarning(lcMessage) << "a stored message could not be shown:" << fault.what();
        return refuse(ErrorCode::Unavailable);
    }
}

Result<MessageDraft> MessageCreation::judge(const Caller &who, ChannelId channel,
                                            const Submitted<CreateMessage> &submitted)
{
    GH_TRY(const ChannelGrant grant,
           m_permissions.require(who.user, channel, Permission::SendMessages));
    GH_TRY(const CreateMessage body, submitted.checked());
    const ChannelType type = grant.rights().type;
    if (type == ChannelType::Forum || type == ChannelType::Media)
        return refuse(ErrorCode::ForumDirectMessage);
    if (!holdsMessages(type))
        return refuse(ErrorCode::NotATextChannel);
    GH_CHECK(messageRules::checkNonce(body.nonce));
    GH_CHECK(messageRules::checkAllowedMentions(body.allowedMentions));
    const std::optional<User> author = m_users.find(who.user);
    if (!author)
        return refuse(ErrorCode::Unauthorized);

    MessageRecord record;
    record.channel = channel;
    record.guild = grant.guild();
    record.author = who.user;
    std::vector<Embed> embeds;
    GH_CHECK(addContent(body, who, grant, record, embeds));
    GH_CHECK(addReply(body, grant, record));
    const auto repliedTo
        = record.referenced ? std::optional(record.referenced->author) : std::nullopt;
    auto mentions = messageRules::resolveMentions(record.content, body.allowedMentions, repliedTo,
                                                  grant, m_users);
    MessageDraft draft
        = assemble(std::move(record), std::move(mentions), std::move(embeds), body, grant, *author);
    draft.slowMode = slowModeOf(who, grant);
    if (body.enforceNonce.value_or(false) && body.nonce)
        draft.enforcedNonce = body.nonce->text;
    return draft;
}

Result<void> MessageCreation::addContent(const CreateMessage &body, const Caller &who,
                                         const ChannelGrant &grant, MessageRecord &record,
                                         std::vector<Embed> &embeds)
{
    record.content = body.content.value_or(QString());
    record.tts = body.tts.value_or(false) && grant.has(Permission::SendTtsMessages);
    record.flags = body.flags.value_or(0) & messageFlag::settable;
    if (body.embeds && grant.has(Permission::EmbedLinks)) {
        GH_TRY(embeds, messageRules::checkEmbeds(*body.embeds));
        if (!embeds.empty())
            record.embeds = json::encode(embeds);
    }
    if (body.components && who.bot) {
        GH_CHECK(messageRules::checkComponents(*body.components));
        if (body.components->text != "[]")
            record.components = body.components->text;
    }
    if (record.content.isEmpty() && !record.embeds && !record.components)
        return refuse(ErrorCode::EmptyMessage);
    return {};
}

Result<void> MessageCreation::addReply(const CreateMessage &body, const ChannelGrant &grant,
                                       MessageRecord &record)
{
    if (!body.messageReference)
        return {};
    const MessageReferenceInput &reference = *body.messageReference;
    if (reference.type.value_or(0) != 0) {
        return refuseField({QStringLiteral("message_reference"), QStringLiteral("type")},
                           "BASE_TYPE_CHOICES", QStringLiteral("Value must be one of (0)."));
    }
    if (!grant.has(Permission::ReadMessageHistory))
        return refuse(ErrorCode::ReplyNeedsHistory);
    const bool here = !reference.channelId || *reference.channelId == record.channel;
    const auto target = here
        ? MessageRepository::find(m_kernel.database.session(), record.channel, reference.messageId)
        : std::nullopt;
    if (!target) {
        if (here && !reference.failIfNotExists.value_or(true))
            return {}; // an ordinary message, then
        return refuseReference("REPLIES_UNKNOWN_MESSAGE", QStringLiteral("Unknown message"));
    }
    if (isSystem(target->type)) {
        return refuseReference("REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE",
                               QStringLiteral("Cannot reply to a system message"));
    }
    record.type = MessageType::Reply;
    record.reference = MessageReference{0, target->id, record.channel, record.guild};
    record.referenced = std::make_shared<const MessageRecord>(*target);
    return {};
}

MessageDraft MessageCreation::assemble(MessageRecord record, messageRules::Mentions mentions,
                                       std::vector<Embed> embeds, const CreateMessage &body,
                                       const ChannelGrant &grant, const User &author)
{
    record.mentionEveryone = mentions.everyone;
    record.mentionRoles = std::move(mentions.roles);
    Message shown;
    shown.channelId = record.channel;
    shown.author = author;
    shown.content = record.content;
    shown.tts = record.tts;
    shown.mentionEveryone = record.mentionEveryone;
    for (User &user : mentions.users) {
        record.mentions.push_back(user.id);
        shown.mentions.push_back({std::move(user), std::nullopt});
    }
    shown.mentionRoles = record.mentionRoles;
    shown.embeds = std::move(embeds);
    shown.type = record.type;
    shown.flags = record.flags;
    if (record.components)
        shown.components.text = *record.components;
    shown.nonce = body.nonce;
    shown.messageReference = record.reference;
    if (record.referenced) {
        Message referenced = m_view.show(*record.referenced);
        referenced.referencedMessage.reset();
        shown.referencedMessage.emplace(std::make_shared<const Message>(std::move(referenced)));
    }
    MessageDraft draft;
    draft.shown = withMemberships(std::move(shown), grant.rights().type, grant.snapshot());
    draft.record = std::move(record);
    return draft;
}

void MessageCreation::welcome(GuildId guild, const User &newcomer)
{
    const auto place = MessageRepository::welcomePlace(m_kernel.database.session(), guild);
    if (!place || !place->channel || (place->flags & suppressJoinNotices) != 0
        || place->owner == newcomer.id)
        return;
    const GuildSnapshotPtr snapshot = m_permissions.snapshot(guild);
    const ChannelRights *channel = snapshot ? snapshot->channel(*place->channel) : nullptr;
    if (!channel)
        return;
    MessageDraft draft;
    draft.record.channel = *place->channel;
    draft.record.guild = guild;
    draft.record.author = newcomer.id;
    draft.record.type = MessageType::MemberJoin;
    Message shown;
    shown.channelId = *place->channel;
    shown.author = newcomer;
    shown.type = MessageType::MemberJoin;
    draft.shown = withMemberships(std::move(shown), channel->type, *snapshot);
    m_lane.post(std::move(draft));
}

} // namespace guildhall
