// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/response.h"

#include <QByteArrayView>

#include <algorithm>
#include <array>

namespace guildhall {

bool mayBeSent(const std::pair<QByteArray, QByteArray> &header)
{
    static constexpr std::array<const char *, 4> ofTheDoor{"connection", "content-length", "date",
                                                           "transfer-encoding"};
    const auto breaks = [](char byte) {
        return byte == '\r' || byte == '\n' || byte == '\0';
    };
    const auto &[name, value] = header;
    if (name.isEmpty() || std::any_of(name.begin(), name.end(), breaks)
        || std::any_of(value.begin(), value.end(), breaks))
        return false;
    return std::none_of(ofTheDoor.begin(), ofTheDoor.end(), [&name = name](const char *own) {
        return name.compare(own, Qt::CaseInsensitive) == 0;
    });
}

} // namespace guildhall
