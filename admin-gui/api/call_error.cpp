// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/call_error.h"

#include "shared/json/parse.h"

#include <QCoreApplication>

namespace guildhall::console {

namespace {

struct Translated {
    Q_DECLARE_TR_FUNCTIONS(CallError)
};

QString text(const json::Value &value)
{
    return QString::fromUtf8(value.GetString(), qsizetype(value.GetStringLength()));
}

QString textMember(const json::Value &object, std::string_view name)
{
    const json::Value *found = json::member(object, name);
    return found != nullptr && found->IsString() ? text(*found) : QString();
}

/// Collects the leaves of the nested `errors` form. Depth is bounded by the parser.
void collectFields(const json::Value &node, const QStringList &path, std::vector<FieldError> &out)
{
    if (!node.IsObject())
        return;
    for (auto it = node.MemberBegin(); it != node.MemberEnd(); ++it) {
        const QString name = text(it->name);
        if (name != u"_errors") {
            collectFields(it->value, path + QStringList{name}, out);
            continue;
        }
        if (!it->value.IsArray())
            continue;
        for (const json::Value &leaf : it->value.GetArray()) {
            if (leaf.IsObject())
                out.push_back(
                    {path, textMember(leaf, "code").toLatin1(), textMember(leaf, "message")});
        }
    }
}

/// Wire code 0 stands for several refusals, which differ by status.
ErrorCode codeOf(int status, int wire)
{
    if (wire != 0)
        return ErrorCode(wire);
    switch (status) {
    case 401:
        return ErrorCode::Unauthorized;
    case 404:
        return ErrorCode::NotFound;
    case 405:
        return ErrorCode::MethodNotAllowed;
    case 408:
        return ErrorCode::RequestTimeout;
    case 415:
        return ErrorCode::UnsupportedEncoding;
    case 429:
        return ErrorCode::RateLimited;
    case 431:
        return ErrorCode::HeadersTooLarge;
    case 502:
    case 503:
    case 504:
        return ErrorCode::Unavailable;
    default:
        return status >= 400 && status < 500 ? ErrorCode::BadRequest : ErrorCode::Internal;
    }
}

CallError notAnswered(const HttpReply &reply)
{
    CallError error;
    error.code = ErrorCode::Unavailable;
    error.answered = false;
    error.noAnswer = reply.noAnswer;
    error.message
        = reply.problem.isEmpty() ? Translated::tr("The server did not answer.") : reply.problem;
    return error;
}

void readErrorBody(const json::Value &body, int status, CallError &error)
{
    const json::Value *code = json::member(body, "code");
    const bool coded = code != nullptr && code->IsInt();
    error.code = codeOf(status, coded ? code->GetInt() : 0);
    error.foreign = !coded && status != 429; // which may be refused before there is a code
    error.message = textMember(body, "message");
    if (const json::Value *after = json::member(body, "retry_after"); after && after->IsNumber())
        error.retryAfter = after->GetDouble();
    if (const json::Value *errors = json::member(body, "errors"))
        collectFields(*errors, {}, error.fields);
}

} // namespace

CallError decodeError(const HttpReply &reply)
{
    if (reply.status == 0)
        return notAnswered(reply);
    CallError error;
    error.status = reply.status;
    error.requestId = reply.requestId;
    error.code = codeOf(reply.status, 0);
    error.foreign = true; // until the body shows otherwise
    const auto parsed = json::parse(reply.body);
    if (parsed && parsed->IsObject())
        readErrorBody(*parsed, reply.status, error);
    if (error.message.isEmpty())
        error.message = Translated::tr("The server answered with status %1.").arg(reply.status);
    return error;
}

CallError unreadableReply(const HttpReply &reply, const ApiError &why)
{
    CallError error;
    error.code = why.code;
    error.fields = why.fields;
    error.status = reply.status;
    error.requestId = reply.requestId;
    error.foreign = true;
    error.message = Translated::tr(
        "The server's answer could not be understood. Is this address a Guildhall server?");
    return error;
}

} // namespace guildhall::console
