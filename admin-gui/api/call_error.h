// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/transport.h"
#include "shared/core/api_error.h"

#include <tl/expected.hpp>

namespace guildhall::console {

/// Why a call failed, as a page shows it: the server's refusal, or that no answer came.
struct CallError : ApiError {
    QString requestId; ///< to look it up in the server's log; empty when no answer came
    bool answered = true; ///< false: the server was not reached
    NoAnswer noAnswer = NoAnswer::Other; ///< why not
    bool foreign = false; ///< the answer is not of the form that a Guildhall server gives

    /// Whether the token is no good any more and the person has to sign in again.
    bool isSignedOut() const { return answered && code == ErrorCode::Unauthorized; }
};

/// One of several things that failed.
struct NamedError {
    QString what;
    CallError error;
};

/// The reply, or why there is none: Result with what only a caller knows besides.
template <typename T>
using CallResult = tl::expected<T, CallError>;

/// Reads the body of a reply whose status is no success. Bodies that are no error body of the
/// contract (a proxy's page, for one) become a sentence with the status.
CallError decodeError(const HttpReply &reply);

/// For a reply that should have been one of the contract's but could not be read.
CallError unreadableReply(const HttpReply &reply, const ApiError &why);

} // namespace guildhall::console
