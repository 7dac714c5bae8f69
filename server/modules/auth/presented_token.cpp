// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/presented_token.h"

#include "server/infrastructure/security/bot_token.h"

namespace guildhall {

namespace {

/// What stands behind `scheme` and blanks; nothing when it begins with something else.
std::optional<QByteArrayView> behind(QByteArrayView text, QByteArrayView scheme)
{
    if (text.size() <= scheme.size() || text[scheme.size()] != ' ')
        return std::nullopt;
    if (qstrnicmp(text.data(), scheme.size(), scheme.data(), scheme.size()) != 0)
        return std::nullopt;
    return text.sliced(scheme.size()).trimmed();
}

} // namespace

std::optional<PresentedToken> PresentedToken::fromHeader(QByteArrayView authorization)
{
    const QByteArrayView text = authorization.trimmed();
    PresentedToken token;
    if (const auto bot = behind(text, "Bot"))
        token = {bot->toByteArray(), true};
    else
        token = {behind(text, "Bearer").value_or(text).toByteArray(), false};
    if (token.text.isEmpty())
        return std::nullopt;
    return token;
}

PresentedToken PresentedToken::fromGateway(const QByteArray &token)
{
    return {token, botToken::userOf(token).has_value()};
}

} // namespace guildhall
