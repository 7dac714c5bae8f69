// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

#include <array>

namespace guildhall {

/// Every logging category, once: X(function, name below "guildhall.").
/// A line of category "guildhall.db" is written with `qCWarning(lcDb) << …`.
#define GUILDHALL_LOG_CATEGORIES(X)                                                                \
    X(lcApp, "app")                                                                                \
    X(lcRuntime, "runtime")                                                                        \
    X(lcDb, "db")                                                                                  \
    X(lcRedis, "redis")                                                                            \
    X(lcEvents, "events")                                                                          \
    X(lcStorage, "storage")                                                                        \
    X(lcDoor, "door")                                                                              \
    X(lcRest, "rest")                                                                              \
    X(lcGateway, "gateway")                                                                        \
    X(lcSocketIo, "socketio")                                                                      \
    X(lcAuth, "auth")                                                                              \
    X(lcUser, "user")                                                                              \
    X(lcPermission, "permission")                                                                  \
    X(lcGuild, "guild")                                                                            \
    X(lcChannel, "channel")                                                                        \
    X(lcMessage, "message")                                                                        \
    X(lcPresence, "presence")                                                                      \
    X(lcMedia, "media")                                                                            \
    X(lcNotification, "notification")                                                              \
    X(lcWebhook, "webhook")                                                                        \
    X(lcAutomod, "automod")                                                                        \
    X(lcAudit, "audit")                                                                            \
    X(lcAdmin, "admin")

#define GUILDHALL_DECLARE_CATEGORY(function, name) Q_DECLARE_LOGGING_CATEGORY(function)
GUILDHALL_LOG_CATEGORIES(GUILDHALL_DECLARE_CATEGORY)
#undef GUILDHALL_DECLARE_CATEGORY

/// The names without "guildhall.", as LOG_RULES takes them.
inline constexpr std::array logCategoryNames = {
#define GUILDHALL_CATEGORY_NAME(function, name) name,
    GUILDHALL_LOG_CATEGORIES(GUILDHALL_CATEGORY_NAME)
#undef GUILDHALL_CATEGORY_NAME
};

} // namespace guildhall
