// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/request.h"
#include "server/gateway/rest/response.h"
#include "shared/api/endpoint.h"

#include <functional>
#include <vector>

namespace guildhall {

/// Which threads run a route's handler.
enum class Work {
    Immediate, ///< the http thread: what is quick and asks no database
    Api,
    Heavy, ///< password hashes and images, kept off the api pool so that they cannot starve it
};

/// What a handler's binding is called with.
struct Call {
    Caller caller;
    std::vector<QByteArray> parameters; ///< of the path, percent-decoded, in order
    QByteArray query;
    QByteArray contentType;
    QByteArray body;
};

using Answer = std::function<void(Response)>;

/// One endpoint and the function behind it.
struct Route {
    api::EndpointInfo info;
    Work work = Work::Api;
    QByteArray pattern; ///< `GET /channels/{channel}`: for logs, metrics and buckets
    QByteArray bucketId; ///< opaque, for X-RateLimit-Bucket
    std::vector<QByteArray> parameterNames;
    /// Reads from the body what the bucket is counted by; null where that stands in the path. 0 of
    /// a body that is not in order.
    std::function<quint64(const Call &)> majorInBody;
    /// Calls the handler; it answers once, maybe later and in another thread.
    std::function<void(const Call &, Answer)> invoke;
};

} // namespace guildhall
