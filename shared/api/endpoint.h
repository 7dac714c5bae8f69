// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <string_view>
#include <type_traits>

namespace guildhall::api {

enum class Verb { Get, Post, Put, Patch, Delete };

constexpr std::string_view verbName(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return "GET";
    case Verb::Post:
        return "POST";
    case Verb::Put:
        return "PUT";
    case Verb::Patch:
        return "PATCH";
    case Verb::Delete:
        return "DELETE";
    }
    return "GET";
}

/// Who must be signed in. What they may do there is for the services, not for the contract.
enum class Access {
    Public, ///< nobody
    Account, ///< a person or a bot
    User, ///< a person; bots get 20001
    Bot, ///< a bot; people get 20002
};

/// Whose error bodies and paths an endpoint has.
enum class Dialect {
    Api, ///< under /api, /api/v9 and /api/v10
    Storefront, ///< also at the root; refusals carry `statusCode` and `error`
};

/// How often an account may call: `requests` in a window that starts with the first of them.
/// Endpoints that name the same bucket share it; without a name the route has its own.
struct Limit {
    const char *bucket = nullptr;
    int requests = 50;
    int windowMs = 1000;
};

/// The buckets of the contract. @source api.md 3.3
namespace limits {
inline constexpr Limit read{nullptr, 50, 1000};
inline constexpr Limit write{nullptr, 20, 5000};
inline constexpr Limit messageCreate{"message.create", 10, 5000};
inline constexpr Limit messageEdit{"message.edit", 10, 5000};
inline constexpr Limit messageDelete{"message.delete", 10, 5000};
inline constexpr Limit bulkDelete{"message.bulk_delete", 2, 3000};
inline constexpr Limit typing{"typing", 10, 5000};
inline constexpr Limit channelModify{"channel.modify", 10, 10000};
inline constexpr Limit channelCreate{"channel.create", 50, 10000};
inline constexpr Limit guildCreate{"guild.create", 10, 60000};
inline constexpr Limit roleWrite{"role.write", 50, 10000};
inline constexpr Limit memberWrite{"member.write", 20, 5000};
inline constexpr Limit inviteCreate{"invite.create", 20, 10000};
inline constexpr Limit registration{"auth.register", 60, 60000};
inline constexpr Limit login{"auth.login", 120, 60000};
} // namespace limits

/// No body and no query that matters.
struct NoInput { };

/// An answer without a body: 204.
struct NoReply { };

/// A body together with a query.
template <typename Query, typename Body>
struct QueryAndBody {
    Query query;
    Body body;
};

/// JSON bodies up to here; more is refused before it is read. @source api.md 1.1
inline constexpr qint64 defaultBodyCap = 1024 * 1024;
/// For routes that take images as data URIs.
inline constexpr qint64 imageBodyCap = 14 * 1024 * 1024;

/// What an endpoint says about itself, whatever its types are.
struct EndpointInfo {
    Verb verb;
    std::string_view path; ///< with `{name}` for each parameter
    Access access;
    Limit limit;
    std::string_view summary;
    int status; ///< of the answer when all goes well
    qint64 bodyCap = defaultBodyCap;
    Dialect dialect = Dialect::Api;
};

/// One route of the API: its types, its path and who may call it. The server binds a function to
/// it, the console and the tests call it, the documents are printed from it.
///
/// `Input` is read from the body, or from the query for GET and DELETE. `Path` are the types of the
/// parameters in `path`, in order. The constructor has no defaults: an endpoint that does not state
/// its access does not compile.
template <typename Reply, typename Input, typename... Path>
struct Endpoint : EndpointInfo {
    using ReplyType = Reply;
    using InputType = Input;

    constexpr Endpoint(Verb verb_, std::string_view path_, Access access_, Limit limit_,
                       std::string_view summary_)
        : EndpointInfo{verb_,  path_,    access_,
                       limit_, summary_, std::is_same_v<Reply, NoReply> ? 204 : 200}
    { }
    constexpr Endpoint answering(int status_) const
    {
        Endpoint copy = *this;
        copy.status = status_;
        return copy;
    }
    constexpr Endpoint withImages() const
    {
        Endpoint copy = *this;
        copy.bodyCap = imageBodyCap;
        return copy;
    }
    constexpr Endpoint storefront() const
    {
        Endpoint copy = *this;
        copy.dialect = Dialect::Storefront;
        return copy;
    }
};

} // namespace guildhall::api
