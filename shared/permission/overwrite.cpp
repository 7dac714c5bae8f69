// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permission/overwrite.h"

namespace guildhall::json {

void Codec<OverwriteType>::read(const Value &in, OverwriteType &type, Decoder &decoder)
{
    if (in.IsString()) {
        const std::string_view text(in.GetString(), in.GetStringLength());
        if (text == "role" || text == "0") {
            type = OverwriteType::Role;
            return;
        }
        if (text == "member" || text == "1") {
            type = OverwriteType::Member;
            return;
        }
    }
    if (in.IsInt() && (in.GetInt() == 0 || in.GetInt() == 1)) {
        type = OverwriteType(in.GetInt());
        return;
    }
    decoder.fail("BASE_TYPE_CHOICES", QStringLiteral("Value must be one of (0, 1)."));
}

} // namespace guildhall::json
