// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace guildhall {

/// The text with whatever looks like a credential masked as ***: user and bot tokens (three
/// base64url segments) and passwords in URLs. The last line of defence: values known to be secret
/// are Secret<T> and never get here.
QByteArray redact(QByteArray text);

} // namespace guildhall
