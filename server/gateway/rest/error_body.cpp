// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/error_body.h"

#include "server/gateway/rest/reason_phrase.h"
#include "shared/json/writer.h"

#include <cmath>
#include <map>

namespace guildhall {

namespace {

/// The mistakes as a tree in the shape of the request, leaves under `_errors`.
struct ErrorNode {
    std::map<QString, ErrorNode> children;
    std::vector<const FieldError *> leaves;
};

ErrorNode treeOf(const std::vector<FieldError> &fields)
{
    ErrorNode root;
    for (const FieldError &error : fields) {
        ErrorNode *node = &root;
        for (const QString &step : error.path)
            node = &node->children[step];
        node->leaves.push_back(&error);
    }
    return root;
}

void writeNode(json::Writer &out, const ErrorNode &node)
{
    out.beginObject();
    if (!node.leaves.empty()) {
        out.key("_errors");
        out.beginArray();
        for (const FieldError *leaf : node.leaves) {
            out.beginObject();
            out.key("code");
            out.value(QByteArrayView(leaf->code));
            out.key("message");
            out.value(leaf->message);
            out.endObject();
        }
        out.endArray();
    }
    for (const auto &[name, child] : node.children) {
        out.foreignKey(name.toUtf8());
        writeNode(out, child);
    }
    out.endObject();
}

QByteArray bodyOf(const ApiError &error, int status, api::Dialect dialect)
{
    json::Writer out;
    out.beginObject();
    out.key("message");
    out.value(error.message);
    if (status != 429 || wireCode(error.code) != 0) {
        out.key("code");
        out.value(qint64(wireCode(error.code)));
    }
    if (status == 429) {
        out.key("retry_after");
        out.value(error.retryAfter.value_or(1.0));
        out.key("global");
        out.value(false);
    }
    if (!error.fields.empty()) {
        out.key("errors");
        writeNode(out, treeOf(error.fields));
    }
    if (dialect == api::Dialect::Storefront) {
        out.key("statusCode");
        out.value(qint64(status));
        out.key("error");
        out.value(QByteArrayView(reasonPhrase(status)));
    }
    out.endObject();
    return out.take();
}

} // namespace

Response jsonResponse(int status, QByteArray body)
{
    Response response;
    response.status = body.isEmpty() ? 204 : status;
    if (!body.isEmpty()) {
        response.headers.emplace_back("Content-Type", "application/json");
        response.body = std::move(body);
    }
    return response;
}

Response refusalResponse(const ApiError &error, api::Dialect dialect)
{
    const int status = error.effectiveStatus();
    Response response = jsonResponse(status, bodyOf(error, status, dialect));
    if (error.retryAfter) {
        response.headers.emplace_back(
            "Retry-After",
            QByteArray::number(qint64(std::ceil(std::max(*error.retryAfter, 0.001)))));
        if (status == 429)
            response.headers.emplace_back("X-RateLimit-Scope", "user");
    }
    return response;
}

} // namespace guildhall
