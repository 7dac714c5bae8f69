// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/secret.h"
#include "shared/core/timestamp.h"

#include <QByteArray>
#include <QString>
#include <qlogging.h>

#include <chrono>
#include <concepts>
#include <span>
#include <variant>

namespace guildhall {

/// What a field of a log line may hold. A Secret becomes ***, an id its decimal text, a duration
/// milliseconds.
class LogValue {
public:
    using Variant = std::variant<bool, qint64, quint64, double, QByteArray>;

    LogValue(bool value)
        : m_value(value)
    { }
    template <std::signed_integral T>
    LogValue(T value)
        : m_value(qint64(value))
    { }
    template <std::unsigned_integral T>
    LogValue(T value)
        : m_value(quint64(value))
    { }
    LogValue(double value)
        : m_value(value)
    { }
    template <typename Count, typename Period>
    LogValue(std::chrono::duration<Count, Period> value)
        : m_value(std::chrono::duration<double, std::milli>(value).count())
    { }
    LogValue(const char *text)
        : m_value(QByteArray(text))
    { }
    LogValue(QByteArray utf8)
        : m_value(std::move(utf8))
    { }
    LogValue(const QString &text)
        : m_value(text.toUtf8())
    { }
    template <typename Tag>
    LogValue(Id<Tag> id)
        : m_value(QByteArray::number(id.value()))
    { }
    template <typename T>
    LogValue(const Secret<T> &)
        : m_value(QByteArray("***"))
    { }

    const Variant &value() const { return m_value; }

private:
    Variant m_value;
};

/// `name` is a constant in snake_case, and none of ts, level, cat, msg, req_id.
struct LogField {
    const char *name;
    LogValue value;
};

/// One line to be.
struct LogRecord {
    Timestamp time;
    QtMsgType type;
    const char *category;
    QByteArray message; ///< UTF-8
    QByteArray requestId; ///< empty: none
    std::span<const LogField> fields;
};

} // namespace guildhall
