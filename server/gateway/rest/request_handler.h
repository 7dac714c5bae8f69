// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/request.h"
#include "server/gateway/rest/response.h"

#include <functional>
#include <optional>

namespace guildhall {

/// Whether a request may bring its body.
struct Admission {
    std::optional<Response> refusal; ///< the answer, when it may not
    qint64 bodyCap = 0; ///< bytes of body that are accepted, decoded; more is answered 413
};

/// What stands behind the door. All functions are called in the http thread.
///
/// Each ticket is given to admit() once. When it was admitted, either handle() or abandoned()
/// follows; when it was refused, nothing does. An admission that is still open when the peer leaves
/// is abandoned, and its decision has no effect.
class RequestHandler {
public:
    virtual ~RequestHandler() = default;

    /// Judges a request by its head, before any of its body is read.
    /// @param decided to be called once, in the http thread: at once or later. Until then nothing
    ///        more is read from that connection. Harmless after the door has gone.
    virtual void admit(quint64 ticket, const RequestHead &head,
                       std::function<void(Admission)> decided)
        = 0;

    /// Takes a complete request. It must be answered once, through AnswerSink::answer(); an
    /// exception thrown here is answered with 500.
    virtual void handle(Request request) = 0;

    /// The peer left, or broke the rules, before the request was complete.
    virtual void abandoned(quint64 ticket) = 0;
};

/// Where answers go.
class AnswerSink {
public:
    virtual ~AnswerSink() = default;

    /// Sends the answer if the peer is still there. A ticket that is unknown or was answered
    /// already is ignored.
    /// @thread any
    virtual void answer(quint64 ticket, Response response) = 0;
};

} // namespace guildhall
