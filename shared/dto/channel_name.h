// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/channel.h"

namespace guildhall {

/// A channel's name as it is kept: of text-like channels in lower case, with dashes for blanks.
/// @source api.md 6.4
QString channelName(ChannelType type, const QString &wanted);

} // namespace guildhall
