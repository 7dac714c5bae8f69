// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/binder.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace guildhall {

/// Finds the route of a request: a tree over path segments. Bound once in the main thread before
/// the door opens; afterwards only read, from any thread.
class Router {
public:
    Router();
    ~Router();

    /// Binds an endpoint to a member function of `object`, which must outlive the router. A handler
    /// whose signature does not fit the endpoint does not compile.
    template <typename Reply, typename Input, typename... Path, typename Object, typename Handler>
    void bind(const api::Endpoint<Reply, Input, Path...> &endpoint, Object *object, Handler handler,
              Work work = Work::Api)
    {
        Route route = describe(endpoint, work);
        Q_ASSERT(route.parameterNames.size() == sizeof...(Path));
        if constexpr (sizeof...(Path) == 0)
            route.majorInBody = binder::majorReader<Input>(endpoint);
        route.invoke = binder::bind(endpoint, route.parameterNames, object, handler);
        add(std::move(route));
    }

    struct Match {
        const Route *route = nullptr; ///< null: `error` says why
        ErrorCode error = ErrorCode::NotFound;
        api::Dialect dialect = api::Dialect::Api; ///< for the refusal's body
        /// The verbs that the path has, as the Allow header of a 405 lists them.
        QByteArray allowed;
        std::vector<QByteArray> parameters;
    };
    /// @param path  as it came, percent-encoded; with or without the /api prefixes
    /// @param method  HEAD is looked up as GET
    Match match(const QByteArray &method, const QByteArray &path) const;

    /// Every bound route, by path and verb; for `guildhalld routes` and the documents.
    std::vector<const Route *> routes() const;

private:
    struct Node;

    static Route describe(const api::EndpointInfo &info, Work work);
    void add(Route route);

    std::unique_ptr<Node> m_root;
    std::vector<std::unique_ptr<Route>> m_routes;
};

} // namespace guildhall
