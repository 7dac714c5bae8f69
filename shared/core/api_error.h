// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace guildhall {

/// Why a request was refused. The numbers are on the wire and never change meaning.
/// @source api.md 2, which lists Discord's published codes and when each is used
enum class ErrorCode : int {
    // Codes below zero share the wire number 0 and differ by HTTP status.
    NotFound = -1,
    MethodNotAllowed = -2,
    Unauthorized = -3,
    Internal = -4,
    Unavailable = -5,
    RateLimited = -6,
    BadRequest = -7,
    RequestTimeout = -8,
    HeadersTooLarge = -9,
    UnsupportedEncoding = -10,

    UnknownApplication = 10002,
    UnknownChannel = 10003,
    UnknownGuild = 10004,
    UnknownInvite = 10006,
    UnknownMember = 10007,
    UnknownMessage = 10008,
    UnknownOverwrite = 10009,
    UnknownRole = 10011,
    UnknownUser = 10013,
    UnknownEmoji = 10014,
    UnknownWebhook = 10015,
    UnknownBan = 10026,
    BotsNotAllowed = 20001,
    BotsOnly = 20002,
    NotApplicationOwner = 20012,
    SlowMode = 20016,
    OwnerOnly = 20018,
    MaximumGuilds = 30001,
    MaximumPins = 30003,
    MaximumRoles = 30005,
    MaximumWebhooks = 30007,
    MaximumReactions = 30010,
    MaximumChannels = 30013,
    MaximumAttachments = 30015,
    MaximumInvites = 30016,
    MaximumOverwrites = 30060,
    AuthThrottled = 31001,
    RequestTooLarge = 40005,
    RegistrationClosed = 40006,
    UserBanned = 40007,
    ForumDirectMessage = 40058,
    MissingAccess = 50001,
    DirectMessageOnly = 50003,
    EditAnotherUsersMessage = 50005,
    EmptyMessage = 50006,
    CannotMessageUser = 50007,
    NotATextChannel = 50008,
    MissingPermissions = 50013,
    BulkDeleteCount = 50016,
    WrongChannelForPin = 50019,
    SystemMessage = 50021,
    WrongChannelType = 50024,
    InvalidTokenForUser = 50025,
    InvalidWebhookToken = 50027,
    InvalidRole = 50028,
    InvalidRecipient = 50033,
    MessageTooOld = 50034,
    InvalidFormBody = 50035,
    InvalidApiVersion = 50041,
    InvalidImage = 50046,
    InvalidGuild = 50055,
    InvalidMessageType = 50068,
    ThreadArchived = 50083,
    InvalidJson = 50109,
    OwnershipToBot = 50132,
    NoSharedGuild = 50278,
    ThreadAlreadyExists = 160004,
    ThreadLocked = 160005,
    ReplyNeedsHistory = 160002,
};

/// The HTTP status of a refusal.
int httpStatus(ErrorCode code);
/// The number in the body's "code": 0 for those below zero.
int wireCode(ErrorCode code);
/// The sentence clients show when no better one is given.
QString defaultMessage(ErrorCode code);

/// One mistake in a body: where it is and what it is. `path` goes from the outside in; list indices
/// are their decimal text.
struct FieldError {
    QStringList path;
    QByteArray code; ///< a leaf code of api.md 2, such as BASE_TYPE_REQUIRED
    QString message;

    friend bool operator==(const FieldError &, const FieldError &) = default;
};

/// A refusal: part of the contract, returned as a value and never thrown.
struct ApiError {
    ErrorCode code = ErrorCode::Internal;
    QString message;
    std::vector<FieldError> fields;
    /// Seconds until it is worth trying again; only with 429 and 503.
    std::optional<double> retryAfter;
    /// Set where the contract wants another status than httpStatus(code), as for a failed login.
    std::optional<int> status;

    int effectiveStatus() const { return status.value_or(httpStatus(code)); }
};

/// `return refuse(ErrorCode::UnknownGuild);` in a function that returns a Result.
ApiError makeError(ErrorCode code, QString message = {});
/// 400 50035 with one field named, the commonest refusal of a body.
ApiError makeFieldError(QStringList path, QByteArray code, QString message);

} // namespace guildhall
