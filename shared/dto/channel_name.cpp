// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/dto/channel_name.h"

namespace guildhall {

QString channelName(ChannelType type, const QString &wanted)
{
    if (isVoiceLike(type) || type == ChannelType::Category)
        return wanted;
    return wanted.simplified().toLower().replace(QLatin1Char(' '), QLatin1Char('-'));
}

} // namespace guildhall
