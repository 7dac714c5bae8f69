// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/opcodes.h"

#include <QByteArray>

namespace guildhall {

/// A payload of the gateway that is no dispatch: `{"t":null,"s":null,"op":…,"d":…}`. All four keys
/// are always there. @param d encoded JSON
inline QByteArray encodeEnvelope(Opcode op, QByteArrayView d = "null")
{
    QByteArray text = "{\"t\":null,\"s\":null,\"op\":";
    text += QByteArray::number(int(op));
    text += ",\"d\":";
    text += d;
    text += '}';
    return text;
}

/// The beginning of a dispatch, before its `d`; a `}` ends it.
/// @param name of the event, upper case letters and underscores only
inline QByteArray encodeDispatchPrefix(QByteArrayView name, quint64 sequence)
{
    QByteArray text = "{\"t\":\"";
    text += name;
    text += "\",\"s\":";
    text += QByteArray::number(sequence);
    text += ",\"op\":0,\"d\":";
    return text;
}

} // namespace guildhall
