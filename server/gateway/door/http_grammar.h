// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// The character rules of HTTP/1.1, as narrow as they can be without refusing real clients.
/// @source RFC 9110 5.6.2 (token), 5.5 (field values); RFC 9112 3 (request line); RFC 3986 3.2.2
/// (host)
namespace guildhall::http::grammar {

bool isToken(std::string_view text);
/// Visible characters, blanks and tabs, and bytes from 0x80 on; no control characters.
bool isFieldValue(std::string_view text);
/// A path from the root, with an optional query. Other forms, a path that starts with two slashes
/// (which a URL parser takes for a host), a fragment, raw bytes outside of ASCII and a broken
/// percent-escape in the path are not.
bool isTarget(std::string_view text);
/// "HTTP/" digit "." digit.
bool isVersion(std::string_view text);
/// A name, an IPv4 address or a bracketed IPv6 address, with an optional port.
bool isHost(std::string_view text);
/// Digits only, at most 2^63 - 1.
std::optional<uint64_t> decimal(std::string_view text);
/// The value of a hexadecimal digit, or -1.
int hexDigit(char byte);
/// Without blanks and tabs at both ends.
std::string_view trimmed(std::string_view text);

} // namespace guildhall::http::grammar
