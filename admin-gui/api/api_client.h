// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/call_error.h"
#include "admin-gui/api/endpoint_url.h"
#include "admin-gui/api/transport.h"
#include "shared/api/endpoint.h"

#include <QFuture>
#include <QObject>

#include <tuple>
#include <type_traits>

namespace guildhall::console {

/// Calls endpoints of the contract on one server:
///
///     onAnswer(m_api.call(api::kickMember, {guild, user}), this, [this](const auto &result) { …
///     });
///
/// URL, verb, body and query come from the endpoint's constant; pages know none of them.
/// @thread GUI; nothing here blocks
class ApiClient : public QObject {
    Q_OBJECT

public:
    explicit ApiClient(Transport &transport, QObject *parent = nullptr);

    /// Whom to talk to from now on. @param server scheme, host, port and perhaps a path
    void setServer(const QUrl &server);
    const QUrl &server() const { return m_server; }
    /// Sent with every call that needs an account; empty for nobody.
    void setToken(Secret<QString> token);

    /// @param ids the endpoint's path parameters, in order
    /// @param reason is kept in the guild's audit log
    template <typename Reply, typename Input, typename... Path>
    QFuture<CallResult<Reply>> call(const api::Endpoint<Reply, Input, Path...> &endpoint,
                                    const std::type_identity_t<std::tuple<Path...>> &ids = {},
                                    const std::type_identity_t<Input> &input = {},
                                    const QString &reason = {});

Q_SIGNALS:
    /// The server does not know the token any more: the person has to sign in again.
    void signedOut();

private:
    template <typename Input>
    HttpRequest request(const api::EndpointInfo &endpoint, const QByteArray &path,
                        const Input &input) const;
    QFuture<HttpReply> send(HttpRequest request, api::Access access, const QString &reason);

    Transport &m_transport;
    QUrl m_server;
    Secret<QString> m_token;
};

/// Whether an endpoint's plain input stands in the query: it does where there is no body.
constexpr bool inputIsQuery(api::Verb verb)
{
    return verb == api::Verb::Get || verb == api::Verb::Delete;
}

template <typename Input>
inline constexpr bool isQueryAndBody = false;
template <typename Query, typename Body>
inline constexpr bool isQueryAndBody<api::QueryAndBody<Query, Body>> = true;

template <typename Reply>
CallResult<Reply> decodeReply(const HttpReply &reply)
{
    if (reply.status < 200 || reply.status >= 300)
        return tl::unexpected<CallError>(decodeError(reply));
    if constexpr (std::is_same_v<Reply, api::NoReply>) {
        return Reply{};
    } else {
        auto value = json::decode<Reply>(QByteArrayView(reply.body), json::anyNumber);
        if (!value)
            return tl::unexpected<CallError>(unreadableReply(reply, value.error()));
        return std::move(*value);
    }
}

template <typename Input>
HttpRequest ApiClient::request(const api::EndpointInfo &endpoint, const QByteArray &path,
                               const Input &input) const
{
    HttpRequest out;
    out.verb = endpoint.verb;
    QByteArray query;
    if constexpr (isQueryAndBody<Input>) {
        query = toQuery(input.query);
        out.body = json::encode(input.body);
    } else if constexpr (!std::is_same_v<Input, api::NoInput>) {
        if (inputIsQuery(endpoint.verb))
            query = toQuery(input);
        else
            out.body = json::encode(input);
    }
    out.url = endpointUrl(m_server, path, query);
    return out;
}

template <typename Reply, typename Input, typename... Path>
QFuture<CallResult<Reply>> ApiClient::call(const api::Endpoint<Reply, Input, Path...> &endpoint,
                                           const std::type_identity_t<std::tuple<Path...>> &ids,
                                           const std::type_identity_t<Input> &input,
                                           const QString &reason)
{
    const auto parts = std::apply(
        [](const auto &...id) { return std::array<QByteArray, sizeof...(Path)>{pathPart(id)...}; },
        ids);
    const QByteArray path = fillPath(endpoint.path, parts);
    return send(request(endpoint, path, input), endpoint.access, reason)
        .then([](const HttpReply &reply) { return decodeReply<Reply>(reply); });
}

} // namespace guildhall::console
