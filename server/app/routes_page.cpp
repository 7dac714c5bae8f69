// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/routes_page.h"

#include "shared/api/all_endpoints.h"

namespace guildhall {

namespace {

QByteArray accessName(api::Access access)
{
    switch (access) {
    case api::Access::Public:
        return "anybody";
    case api::Access::Account:
        return "signed in";
    case api::Access::User:
        return "people";
    case api::Access::Bot:
        return "bots";
    }
    return {};
}

QByteArray bytes(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

} // namespace

QByteArray routesPage()
{
    QByteArray page
        = "# Routes\n\n"
          "Printed by `guildhalld routes`. Every route is served under `/api`, `/api/v9` and "
          "`/api/v10`; those marked \"root\" also without a prefix.\n\n"
          "| Verb | Path | Who | Root | What it does |\n| --- | --- | --- | --- | --- |\n";
    for (const api::EndpointInfo &endpoint : api::allEndpoints) {
        page += "| " + bytes(api::verbName(endpoint.verb)) + " | `" + bytes(endpoint.path) + "` | "
            + accessName(endpoint.access) + " | "
            + (endpoint.dialect == api::Dialect::Storefront ? "yes" : "") + " | "
            + bytes(endpoint.summary) + " |\n";
    }
    page.chop(1);
    return page;
}

} // namespace guildhall
