// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/error_body.h"
#include "server/gateway/rest/later.h"
#include "server/gateway/rest/route.h"
#include "server/gateway/rest/submitted.h"
#include "shared/json/codec.h"
#include "shared/json/query.h"

#include <concepts>
#include <tuple>
#include <utility>

/// Turns a typed handler into what the router calls: path and body in, status and JSON out.
namespace guildhall::binder {

/// @error InvalidFormBody with a Content-Type that is not JSON; an empty body counts as `{}`
Result<json::Document> parseBody(const Call &call);
ApiError notASnowflake(const QByteArray &name, const QByteArray &value);

template <typename T>
Result<T> parameter(const QByteArray &name, const QByteArray &value)
{
    if constexpr (std::is_same_v<T, QString>) {
        return QString::fromUtf8(value);
    } else {
        if (const auto id
            = parseSnowflake(std::string_view(value.constData(), size_t(value.size()))))
            return T(*id);
        return tl::unexpected<ApiError>(notASnowflake(name, value));
    }
}

template <typename T>
Result<T> fromQuery(const Call &call)
{
    return json::decode<T>(static_cast<const json::Value &>(json::queryToObject(call.query)),
                           json::Decoder::Source::Query);
}

template <typename T>
Result<T> fromBody(const Call &call)
{
    GH_TRY(const json::Document document, parseBody(call));
    return json::decode<T>(static_cast<const json::Value &>(document));
}

/// Reads an endpoint's input from where its verb has it.
template <typename Input>
struct Reader {
    static Result<Input> read(const api::EndpointInfo &info, const Call &call)
    {
        const bool inQuery = info.verb == api::Verb::Get || info.verb == api::Verb::Delete;
        return inQuery ? fromQuery<Input>(call) : fromBody<Input>(call);
    }
};
template <typename Query, typename Body>
struct Reader<api::QueryAndBody<Query, Body>> {
    static Result<api::QueryAndBody<Query, Body>> read(const api::EndpointInfo &, const Call &call)
    {
        GH_TRY(Query query, fromQuery<Query>(call));
        GH_TRY(Body body, fromBody<Body>(call));
        return api::QueryAndBody<Query, Body>{std::move(query), std::move(body)};
    }
};

/// An input that names the guild or channel that others have in their path.
template <typename Input>
concept NamesMajorParameter = requires(const Input &input)
{
    {
        input.majorParameter()
        } -> std::same_as<quint64>;
};

template <typename Input>
std::function<quint64(const Call &)> majorReader(const api::EndpointInfo &info)
{
    if constexpr (NamesMajorParameter<Input>) {
        return [info](const Call &call) -> quint64 {
            const Result<Input> input = Reader<Input>::read(info, call);
            return input ? input->majorParameter() : 0;
        };
    } else {
        return {};
    }
}

/// A list reads nothing from a query: `std::vector` bodies belong to POST, PUT and PATCH.
template <typename Reply>
Response encodeReply(const api::EndpointInfo &info, const Result<Reply> &result)
{
    if (!result)
        return refusalResponse(result.error(), info.dialect);
    if constexpr (std::is_void_v<Reply> || std::is_same_v<Reply, api::NoReply>)
        return jsonResponse(204, {});
    else
        return jsonResponse(info.status, json::encode(*result));
}

template <typename Reply>
void deliver(const api::EndpointInfo &info, Result<Reply> result, const Answer &answer)
{
    answer(encodeReply(info, result));
}
template <typename Reply>
void deliver(const api::EndpointInfo &info, Later<Result<Reply>> later, const Answer &answer)
{
    later.then([info, answer](Result<Reply> result) { answer(encodeReply(info, result)); });
}

/// Calls `handler` with the caller, the path's ids and, unless the endpoint has none, its input:
/// as a value, or as Submitted when the handler wants to judge rights first.
template <typename Input, typename Object, typename Handler, typename... Path>
void callHandler(const api::EndpointInfo &info, Object *object, Handler handler, const Call &call,
                 const Answer &answer, const Path &...path)
{
    if constexpr (std::is_same_v<Input, api::NoInput>) {
        static_assert(std::is_invocable_v<Handler, Object *, const Caller &, const Path &...>,
                      "The handler of an endpoint without input takes (const Caller &, ids…)");
        deliver(info, std::invoke(handler, object, call.caller, path...), answer);
    } else if constexpr (std::is_invocable_v<Handler, Object *, const Caller &, const Path &...,
                                             const Submitted<Input> &>) {
        const Submitted<Input> input(Reader<Input>::read(info, call));
        deliver(info, std::invoke(handler, object, call.caller, path..., input), answer);
    } else {
        static_assert(
            std::is_invocable_v<Handler, Object *, const Caller &, const Path &..., const Input &>,
            "The handler takes (const Caller &, ids…, const Input &) of its endpoint");
        const Result<Input> input = Reader<Input>::read(info, call);
        if (!input)
            return answer(refusalResponse(input.error(), info.dialect));
        deliver(info, std::invoke(handler, object, call.caller, path..., *input), answer);
    }
}

template <typename Reply, typename Input, typename... Path, typename Object, typename Handler>
std::function<void(const Call &, Answer)> bind(const api::Endpoint<Reply, Input, Path...> &endpoint,
                                               std::vector<QByteArray> names, Object *object,
                                               Handler handler)
{
    const api::EndpointInfo info = endpoint;
    return [info, names = std::move(names), object, handler](const Call &call, Answer answer) {
        [&]<size_t... I>(std::index_sequence<I...>)
        {
            const std::tuple<Result<Path>...> ids{parameter<Path>(names[I], call.parameters[I])...};
            const ApiError *bad = nullptr;
            ((bad = bad == nullptr && !std::get<I>(ids) ? &std::get<I>(ids).error() : bad), ...);
            if (bad != nullptr)
                return answer(refusalResponse(*bad, info.dialect));
            callHandler<Input>(info, object, handler, call, answer, *std::get<I>(ids)...);
        }
        (std::index_sequence_for<Path...>());
    };
}

} // namespace guildhall::binder
