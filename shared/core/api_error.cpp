// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/api_error.h"

namespace guildhall {

namespace {

struct CodeText {
    int status;
    const char *message;
};

CodeText describe(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound:
        return {404, "404: Not Found"};
    case ErrorCode::MethodNotAllowed:
        return {405, "405: Method Not Allowed"};
    case ErrorCode::Unauthorized:
        return {401, "401: Unauthorized"};
    case ErrorCode::Internal:
        return {500, "500: Internal Server Error"};
    case ErrorCode::Unavailable:
        return {503, "503: Service Unavailable"};
    case ErrorCode::RateLimited:
        return {429, "You are being rate limited."};
    case ErrorCode::BadRequest:
        return {400, "400: Bad Request"};
    case ErrorCode::RequestTimeout:
        return {408, "408: Request Timeout"};
    case ErrorCode::HeadersTooLarge:
        return {431, "431: Request Header Fields Too Large"};
    case ErrorCode::UnsupportedEncoding:
        return {415, "415: Unsupported Media Type"};
    case ErrorCode::UnknownApplication:
        return {404, "Unknown Application"};
    case ErrorCode::UnknownChannel:
        return {404, "Unknown Channel"};
    case ErrorCode::UnknownGuild:
        return {404, "Unknown Guild"};
    case ErrorCode::UnknownInvite:
        return {404, "Unknown Invite"};
    case ErrorCode::UnknownMember:
        return {404, "Unknown Member"};
    case ErrorCode::UnknownMessage:
        return {404, "Unknown Message"};
    case ErrorCode::UnknownOverwrite:
        return {404, "Unknown permission overwrite"};
    case ErrorCode::UnknownRole:
        return {404, "Unknown Role"};
    case ErrorCode::UnknownUser:
        return {404, "Unknown User"};
    case ErrorCode::UnknownEmoji:
        return {404, "Unknown Emoji"};
    case ErrorCode::UnknownWebhook:
        return {404, "Unknown Webhook"};
    case ErrorCode::UnknownBan:
        return {404, "Unknown Ban"};
    case ErrorCode::BotsNotAllowed:
        return {403, "Bots cannot use this endpoint"};
    case ErrorCode::BotsOnly:
        return {403, "Only bots can use this endpoint"};
    case ErrorCode::NotApplicationOwner:
        return {403, "You are not authorized to perform this action on this application"};
    case ErrorCode::SlowMode:
        return {429, "This action cannot be performed due to slowmode rate limit"};
    case ErrorCode::OwnerOnly:
        return {403, "Only the owner of this account can perform this action"};
    case ErrorCode::MaximumGuilds:
        return {400, "Maximum number of guilds reached"};
    case ErrorCode::MaximumPins:
        return {400, "Maximum number of pins reached for the channel (250)"};
    case ErrorCode::MaximumRoles:
        return {400, "Maximum number of guild roles reached (250)"};
    case ErrorCode::MaximumWebhooks:
        return {400, "Maximum number of webhooks reached (15)"};
    case ErrorCode::MaximumReactions:
        return {400, "Maximum number of reactions reached (20)"};
    case ErrorCode::MaximumChannels:
        return {400, "Maximum number of guild channels reached (500)"};
    case ErrorCode::MaximumAttachments:
        return {400, "Maximum number of attachments in a message reached (10)"};
    case ErrorCode::MaximumInvites:
        return {400, "Maximum number of invites reached (1000)"};
    case ErrorCode::MaximumOverwrites:
        return {400, "Maximum number of permission overwrites reached (100)"};
    case ErrorCode::AuthThrottled:
        return {429, "Too many attempts, try again later"};
    case ErrorCode::RequestTooLarge:
        return {413, "Request entity too large"};
    case ErrorCode::RegistrationClosed:
        return {403, "Registration is closed on this server"};
    case ErrorCode::UserBanned:
        return {403, "The user is banned from this guild"};
    case ErrorCode::ForumDirectMessage:
        return {400, "Cannot send a message directly to a forum channel"};
    case ErrorCode::MissingAccess:
        return {403, "Missing Access"};
    case ErrorCode::DirectMessageOnly:
        return {400, "Cannot execute action on a DM channel"};
    case ErrorCode::EditAnotherUsersMessage:
        return {403, "Cannot edit a message authored by another user"};
    case ErrorCode::EmptyMessage:
        return {400, "Cannot send an empty message"};
    case ErrorCode::CannotMessageUser:
        return {403, "Cannot send messages to this user"};
    case ErrorCode::NotATextChannel:
        return {400, "Cannot send messages in a non-text channel"};
    case ErrorCode::MissingPermissions:
        return {403, "Missing Permissions"};
    case ErrorCode::BulkDeleteCount:
        return {400,
                "Provided too few or too many messages to delete. Must provide at least 2 and at "
                "most 100 messages."};
    case ErrorCode::WrongChannelForPin:
        return {400, "A message can only be pinned in the channel it was sent in"};
    case ErrorCode::SystemMessage:
        return {403, "Cannot execute action on a system message"};
    case ErrorCode::WrongChannelType:
        return {400, "Cannot execute action on this channel type"};
    case ErrorCode::InvalidTokenForUser:
        return {403, "Invalid OAuth2 access token provided"};
    case ErrorCode::InvalidWebhookToken:
        return {401, "Invalid Webhook Token"};
    case ErrorCode::InvalidRole:
        return {400, "Invalid Role"};
    case ErrorCode::InvalidRecipient:
        return {400, "Invalid Recipient(s)"};
    case ErrorCode::MessageTooOld:
        return {400, "A message provided to bulk delete was older than 2 weeks"};
    case ErrorCode::InvalidFormBody:
        return {400, "Invalid Form Body"};
    case ErrorCode::InvalidApiVersion:
        return {400, "Invalid API version"};
    case ErrorCode::InvalidImage:
        return {400, "Invalid image data"};
    case ErrorCode::InvalidGuild:
        return {400, "Invalid Guild"};
    case ErrorCode::InvalidMessageType:
        return {400, "Invalid message type"};
    case ErrorCode::ThreadArchived:
        return {400, "Thread is archived"};
    case ErrorCode::InvalidJson:
        return {400, "The request body contains invalid JSON."};
    case ErrorCode::OwnershipToBot:
        return {400, "Ownership cannot be moved to a bot user"};
    case ErrorCode::NoSharedGuild:
        return {403, "Cannot send messages to this user due to having no mutual guilds"};
    case ErrorCode::ThreadAlreadyExists:
        return {400, "A thread has already been created for this message"};
    case ErrorCode::ThreadLocked:
        return {403, "Thread is locked"};
    case ErrorCode::ReplyNeedsHistory:
        return {403, "Cannot reply without permission to read message history"};
    }
    return {500, "500: Internal Server Error"};
}

} // namespace

int httpStatus(ErrorCode code)
{
    return describe(code).status;
}

int wireCode(ErrorCode code)
{
    return int(code) < 0 ? 0 : int(code);
}

QString defaultMessage(ErrorCode code)
{
    return QString::fromLatin1(describe(code).message);
}

ApiError makeError(ErrorCode code, QString message)
{
    ApiError error;
    error.code = code;
    error.message = message.isEmpty() ? defaultMessage(code) : std::move(message);
    return error;
}

ApiError makeFieldError(QStringList path, QByteArray code, QString message)
{
    ApiError error = makeError(ErrorCode::InvalidFormBody);
    error.fields.push_back({std::move(path), std::move(code), std::move(message)});
    return error;
}

} // namespace guildhall
