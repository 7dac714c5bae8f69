// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/decoder.h"

namespace guildhall::json {

void Decoder::fail(QByteArray code, QString message)
{
    if (++m_count <= maxErrors)
        m_errors.push_back({m_path, std::move(code), std::move(message)});
}

void Decoder::failRequired()
{
    fail("BASE_TYPE_REQUIRED", QStringLiteral("This field is required"));
}

} // namespace guildhall::json
