// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway_client.h"

#include <QJsonDocument>
#include <QTest>
#include <QUrlQuery>

#include <zlib.h>

namespace guildhall::test {

using namespace Qt::StringLiterals;

GatewayClient::GatewayClient(const QUrl &url)
{
    if (QUrlQuery(url).queryItemValue(u"compress"_s) == u"zlib-stream") {
        m_inflate = std::make_unique<z_stream_s>();
        if (inflateInit(m_inflate.get()) != Z_OK)
            qFatal("zlib does not start");
    }
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &GatewayClient::receivedText);
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, &GatewayClient::receivedBinary);
    connect(&m_socket, &QWebSocket::disconnected, this, &GatewayClient::disconnected);
    m_socket.open(url);
}

GatewayClient::~GatewayClient()
{
    disconnect(&m_socket, nullptr, this, nullptr);
    if (m_inflate)
        inflateEnd(m_inflate.get());
}

bool GatewayClient::waitOpen()
{
    return QTest::qWaitFor(
        [&] { return m_socket.state() == QAbstractSocket::ConnectedState || m_closed; },
        int(patience.count()));
}

void GatewayClient::send(int op, const QJsonValue &d)
{
    const QJsonObject payload{{u"op"_s, op}, {u"d"_s, d}};
    m_socket.sendTextMessage(
        QString::fromUtf8(QJsonDocument(payload).toJson(QJsonDocument::Compact)));
}

QJsonObject GatewayClient::next(int op, std::chrono::milliseconds wait)
{
    QJsonObject found;
    (void)QTest::qWaitFor(
        [&] {
            for (qsizetype i = 0; i < m_unread.size(); ++i) {
                if (m_unread[i][u"op"].toInt() == op) {
                    found = m_unread.takeAt(i);
                    return true;
                }
            }
            return m_closed;
        },
        int(wait.count()));
    return found;
}

QJsonObject GatewayClient::nextDispatch(const QString &name, std::chrono::milliseconds wait)
{
    QJsonObject found;
    (void)QTest::qWaitFor(
        [&] {
            for (qsizetype i = 0; i < m_unread.size(); ++i) {
                if (m_unread[i][u"op"].toInt() == 0 && m_unread[i][u"t"].toString() == name) {
                    found = m_unread.takeAt(i);
                    return true;
                }
            }
            return m_closed;
        },
        int(wait.count()));
    return found[u"d"].toObject();
}

QString GatewayClient::nextName(std::chrono::milliseconds wait)
{
    return next(0, wait)[u"t"].toString();
}

void GatewayClient::sendIdentify(const QString &token, QJsonObject more)
{
    next(10);
    more[u"token"_s] = token;
    if (!more.contains(u"properties"_s))
        more[u"properties"_s] = QJsonObject{{u"os"_s, u"linux"_s}};
    send(2, more);
}

QJsonObject GatewayClient::identify(const QString &token, QJsonObject more)
{
    sendIdentify(token, std::move(more));
    return nextDispatch(u"READY"_s);
}

bool GatewayClient::sync()
{
    send(1, QJsonValue::Null);
    return !next(11).isEmpty();
}

int GatewayClient::closeCode(std::chrono::milliseconds wait)
{
    (void)QTest::qWaitFor([&] { return m_closed; }, int(wait.count()));
    return m_closed ? int(m_socket.closeCode()) : 0;
}

QStringList GatewayClient::names() const
{
    QStringList names;
    for (const QJsonObject &payload : m_all) {
        if (payload[u"op"].toInt() == 0)
            names << payload[u"t"].toString();
    }
    return names;
}

qint64 GatewayClient::lastSequence() const
{
    qint64 last = 0;
    for (const QJsonObject &payload : m_all)
        last = payload[u"op"].toInt() == 0 ? payload[u"s"].toInteger() : last;
    return last;
}

bool GatewayClient::isGapless() const
{
    qint64 last = 0;
    for (const QJsonObject &payload : m_all) {
        if (payload[u"op"].toInt() == 0 && payload[u"s"].toInteger() != ++last)
            return false;
    }
    return last > 0;
}

void GatewayClient::receivedText(const QString &text)
{
    received(text.toUtf8());
}

void GatewayClient::receivedBinary(const QByteArray &bytes)
{
    if (!m_inflate || !bytes.endsWith(QByteArrayView("\x00\x00\xff\xff", 4)))
        qFatal("a binary frame that is no part of a zlib stream");
    QByteArray input = bytes;
    QByteArray output;
    m_inflate->next_in = reinterpret_cast<Bytef *>(input.data());
    m_inflate->avail_in = uInt(input.size());
    do {
        std::array<char, 16384> chunk;
        m_inflate->next_out = reinterpret_cast<Bytef *>(chunk.data());
        m_inflate->avail_out = uInt(chunk.size());
        const int result = inflate(m_inflate.get(), Z_SYNC_FLUSH);
        if (result != Z_OK && result != Z_BUF_ERROR)
            qFatal("the zlib stream is broken");
        output.append(chunk.data(), qsizetype(chunk.size() - m_inflate->avail_out));
    } while (m_inflate->avail_out == 0);
    received(output);
}

void GatewayClient::received(const QByteArray &payload)
{
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(payload, &error).object();
    if (error.error != QJsonParseError::NoError)
        qFatal("not JSON: %s", payload.constData());
    m_all << object;
    m_unread << object;
}

void GatewayClient::disconnected()
{
    m_closed = true;
}

} // namespace guildhall::test
