// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/logging/log_format.h"

#include "server/infrastructure/logging/log_escape.h"
#include "server/infrastructure/logging/redact.h"

#include <algorithm>
#include <cmath>

namespace guildhall {

namespace {

constexpr qsizetype maxTextSize = 16 * 1024;

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        return "fatal";
    }
    Q_UNREACHABLE();
}

/// Masked first, cut afterwards: a token must not be cut out of recognition.
QByteArray presentable(const QByteArray &text)
{
    QByteArray result = redact(text);
    if (result.size() > maxTextSize) {
        const qsizetype left = result.size() - maxTextSize;
        result.truncate(maxTextSize);
        result += " (" + QByteArray::number(left) + " bytes more)";
    }
    return result;
}

/// The number as JSON and people read it; JSON has no infinity.
QByteArray numberText(double value)
{
    return std::isfinite(value) ? QByteArray::number(value, 'g', 6) : QByteArray("null");
}

QByteArray numberText(std::integral auto value)
{
    return QByteArray::number(value);
}

template <typename AppendText>
void appendValue(QByteArray &out, const LogValue &value, AppendText appendText)
{
    std::visit(
        [&](const auto &v) {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, QByteArray>)
                appendText(presentable(v));
            else if constexpr (std::is_same_v<T, bool>)
                out += v ? "true" : "false";
            else
                out += numberText(v);
        },
        value.value());
}

bool needsQuotes(QByteArrayView text)
{
    return text.isEmpty() || std::any_of(text.begin(), text.end(), [](char c) {
               return c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\';
           });
}

void appendPlainField(QByteArray &out, const char *name, const LogValue &value)
{
    if (!out.isEmpty())
        out += ' ';
    out.append(name).append('=');
    appendValue(out, value, [&out](const QByteArray &text) {
        if (needsQuotes(text))
            appendJsonString(out, text);
        else
            out += text;
    });
}

QByteArray textLine(const LogRecord &record)
{
    // 2026-01-31 12:00:00.000 warning guildhall.db message name=value req_id=…
    QByteArray line = record.time.toIso().first(23).replace('T', ' ');
    line += ' ' + QByteArray(levelName(record.type)).leftJustified(7) + ' ' + record.category + ' ';
    appendPlain(line, presentable(record.message));
    for (const LogField &field : record.fields)
        appendPlainField(line, field.name, field.value);
    if (!record.requestId.isEmpty())
        appendPlainField(line, "req_id", record.requestId);
    return line + '\n';
}

QByteArray jsonLine(const LogRecord &record)
{
    QByteArray line = "{\"ts\":\"" + record.time.toIso().first(23) + "Z\",\"level\":\""
        + levelName(record.type) + "\",\"cat\":";
    appendJsonString(line, record.category);
    line += ",\"msg\":";
    appendJsonString(line, presentable(record.message));
    if (!record.requestId.isEmpty()) {
        line += ",\"req_id\":";
        appendJsonString(line, record.requestId);
    }
    for (const LogField &field : record.fields) {
        line += ',';
        appendJsonString(line, field.name);
        line += ':';
        appendValue(line, field.value,
                    [&line](const QByteArray &text) { appendJsonString(line, text); });
    }
    return line + "}\n";
}

} // namespace

QByteArray formatLine(const LogRecord &record, LogFormat format)
{
    return format == LogFormat::Json ? jsonLine(record) : textLine(record);
}

QByteArray formatFields(std::span<const LogField> fields)
{
    QByteArray text;
    for (const LogField &field : fields)
        appendPlainField(text, field.name, field.value);
    return text;
}

} // namespace guildhall
