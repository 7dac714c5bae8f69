// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/router.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

namespace guildhall {

struct Router::Node {
    std::map<QByteArray, std::unique_ptr<Node>> literals;
    std::unique_ptr<Node> parameter;
    std::array<const Route *, 5> byVerb{};

    bool isLeaf() const
    {
        return std::any_of(byVerb.begin(), byVerb.end(), [](const Route *route) { return route; });
    }
    /// By verb; without /api only those of the storefront.
    std::vector<const Route *> offered(bool underApi) const
    {
        std::vector<const Route *> routes;
        for (const Route *route : byVerb) {
            if (route && (underApi || route->info.dialect == api::Dialect::Storefront))
                routes.push_back(route);
        }
        return routes;
    }
};

namespace {

std::optional<api::Verb> verbOf(const QByteArray &method)
{
    if (method == "GET" || method == "HEAD")
        return api::Verb::Get;
    if (method == "POST")
        return api::Verb::Post;
    if (method == "PUT")
        return api::Verb::Put;
    if (method == "PATCH")
        return api::Verb::Patch;
    if (method == "DELETE")
        return api::Verb::Delete;
    return std::nullopt;
}

/// The segments between the slashes, a trailing slash ignored, each decoded once.
std::vector<QByteArray> segmentsOf(const QByteArray &path)
{
    std::vector<QByteArray> segments;
    for (const QByteArray &part : path.split('/'))
        segments.push_back(part.contains('%') ? QByteArray::fromPercentEncoding(part) : part);
    if (!segments.empty())
        segments.erase(segments.begin());
    if (!segments.empty() && segments.back().isEmpty())
        segments.pop_back();
    return segments;
}

/// HEAD comes with GET.
void addVerb(api::Verb verb, QByteArray &allowed)
{
    const std::string_view text = api::verbName(verb);
    QByteArray name(text.data(), qsizetype(text.size()));
    if (verb == api::Verb::Get)
        name += ", HEAD";
    if (!allowed.contains(name))
        allowed += (allowed.isEmpty() ? "" : ", ") + name;
}

enum class Prefix { Root, Api, UnknownVersion };

/// Takes /api, /api/v9 and /api/v10 off the front.
Prefix takePrefix(std::vector<QByteArray> &segments)
{
    if (segments.empty() || segments.front() != "api")
        return Prefix::Root;
    segments.erase(segments.begin());
    if (segments.empty() || segments.front().size() < 2 || segments.front().front() != 'v')
        return Prefix::Api;
    const QByteArray number = segments.front().mid(1);
    if (!std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return Prefix::Api;
    if (number != "9" && number != "10")
        return Prefix::UnknownVersion;
    segments.erase(segments.begin());
    return Prefix::Api;
}

} // namespace

Router::Router()
    : m_root(std::make_unique<Node>())
{ }

Router::~Router() = default;

Route Router::describe(const api::EndpointInfo &info, Work work)
{
    Route route;
    route.info = info;
    route.work = work;
    const QByteArray path(info.path.data(), qsizetype(info.path.size()));
    const QByteArray verb(api::verbName(info.verb).data(),
                          qsizetype(api::verbName(info.verb).size()));
    route.pattern = verb + ' ' + path;
    for (const QByteArray &part : path.split('/')) {
        if (part.startsWith('{'))
            route.parameterNames.push_back(part.mid(1, part.size() - 2));
    }
    const QByteArray bucket = info.limit.bucket ? QByteArray(info.limit.bucket) : route.pattern;
    route.bucketId = QCryptographicHash::hash(bucket, QCryptographicHash::Sha256).toHex().left(32);
    return route;
}

void Router::add(Route route)
{
    Node *node = m_root.get();
    const QByteArray path(route.info.path.data(), qsizetype(route.info.path.size()));
    for (const QByteArray &segment : segmentsOf(path)) {
        auto &next = segment.startsWith('{') ? node->parameter : node->literals[segment];
        if (!next)
            next = std::make_unique<Node>();
        node = next.get();
    }
    auto &slot = node->byVerb[size_t(route.info.verb)];
    Q_ASSERT_X(slot == nullptr, "Router", route.pattern.constData());
    m_routes.push_back(std::make_unique<Route>(std::move(route)));
    slot = m_routes.back().get();
}

Router::Match Router::match(const QByteArray &method, const QByteArray &path) const
{
    std::vector<QByteArray> segments = segmentsOf(path);
    const Prefix prefix = takePrefix(segments);
    Match match;
    if (prefix == Prefix::UnknownVersion) {
        match.error = ErrorCode::InvalidApiVersion;
        return match;
    }
    const std::optional<api::Verb> verb = verbOf(method);

    // Literals win over parameters, but a literal without this verb does not hide a parameter that
    // has it: so every way through the tree is walked, best first.
    std::vector<QByteArray> parameters;
    const auto visit = [&](const auto &self, const Node &node, size_t depth) -> bool {
        if (depth == segments.size()) {
            const std::vector<const Route *> offered = node.offered(prefix == Prefix::Api);
            if (offered.empty())
                return false;
            const auto asked = [&](const Route *route) {
                return route->info.verb == verb;
            };
            const auto found = std::find_if(offered.begin(), offered.end(), asked);
            if (found != offered.end()) {
                const Route *route = *found;
                match.route = route;
                match.dialect = route->info.dialect;
                match.parameters = parameters;
                return true;
            }
            match.error = ErrorCode::MethodNotAllowed;
            match.dialect = offered.back()->info.dialect;
            for (const Route *route : offered)
                addVerb(route->info.verb, match.allowed);
            return false;
        }
        if (const auto found = node.literals.find(segments[depth]); found != node.literals.end()) {
            if (self(self, *found->second, depth + 1))
                return true;
        }
        if (!node.parameter || segments[depth].isEmpty())
            return false;
        parameters.push_back(segments[depth]);
        const bool hit = self(self, *node.parameter, depth + 1);
        parameters.pop_back();
        return hit;
    };
    visit(visit, *m_root, 0);
    return match;
}

std::vector<const Route *> Router::routes() const
{
    std::vector<const Route *> list;
    for (const auto &route : m_routes)
        list.push_back(route.get());
    std::sort(list.begin(), list.end(), [](const Route *a, const Route *b) {
        return std::pair(a->info.path, a->info.verb) < std::pair(b->info.path, b->info.verb);
    });
    return list;
}

} // namespace guildhall
