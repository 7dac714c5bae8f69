// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace guildhall::console {

/// Reads a server's address as people type it: "chat.example.org", "localhost:3000",
/// "https://example.org/chat". Without a scheme it is https, but http for this computer itself.
/// nullopt when it is no address of a web server.
std::optional<QUrl> parseServerAddress(const QString &text);

/// Whether what is sent there can be read on the way: plain http to another computer.
bool isReadableOnTheWay(const QUrl &server);

/// How an address is shown: without what goes without saying.
QString serverText(const QUrl &server);

} // namespace guildhall::console
