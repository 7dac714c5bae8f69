// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/bot_token.h"
#include "server/infrastructure/security/token_digest.h"

#include <QtEndian>
#include <QtTest>

using namespace guildhall;

namespace {

constexpr UserId bot(175928847299117063);
constexpr Timestamp now{1'700'000'000'000};

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

class TestBotToken : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_token_names_its_bot_and_its_time();
    void two_tokens_of_one_bot_differ_in_their_secret();
    void the_id_is_read_back_data();
    void the_id_is_read_back();
    void what_has_not_the_shape_is_refused_data();
    void what_has_not_the_shape_is_refused();
    void only_the_digest_is_needed_to_recognise_it();
};

void TestBotToken::a_token_names_its_bot_and_its_time()
{
    const QList<QByteArray> segments = botToken::make(bot, now).reveal().split('.');
    QCOMPARE(segments.size(), 3);
    QCOMPARE(segments[0], base64Url("175928847299117063"));
    QVERIFY(!segments[0].contains('='));
    const QByteArray time = QByteArray::fromBase64(segments[1], QByteArray::Base64UrlEncoding);
    QCOMPARE(time.size(), 4);
    QCOMPARE(qFromBigEndian<quint32>(time.constData()), quint32(1'700'000'000));
    QVERIFY(segments[2].size() >= 27);
}

void TestBotToken::two_tokens_of_one_bot_differ_in_their_secret()
{
    const QByteArray a = botToken::make(bot, now).reveal();
    const QByteArray b = botToken::make(bot, now).reveal();
    QCOMPARE(a.first(a.lastIndexOf('.')), b.first(b.lastIndexOf('.')));
    QVERIFY(a != b);
}

void TestBotToken::the_id_is_read_back_data()
{
    QTest::addColumn<quint64>("id");
    for (const quint64 id :
         {quint64(1), quint64(12), quint64(123), bot.value(), quint64(9223372036854775807)})
        QTest::addRow("%llu", static_cast<unsigned long long>(id)) << id;
}

void TestBotToken::the_id_is_read_back()
{
    QFETCH(quint64, id);
    const auto token = botToken::make(UserId(id), now);
    QVERIFY(botToken::userOf(token.reveal()) == UserId(id));
}

void TestBotToken::what_has_not_the_shape_is_refused_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray id = base64Url("175928847299117063");
    const QByteArray time = base64Url(QByteArray(4, 'a'));
    const QByteArray secret = base64Url(QByteArray(27, 'b'));
    const auto row = [](const char *name, const QByteArray &token) {
        QTest::newRow(name) << token;
    };
    row("empty", "");
    row("dots", "..");
    row("two segments", id + '.' + time);
    row("four segments", id + '.' + time + '.' + secret + '.' + secret);
    row("id is no number", base64Url("ann") + '.' + time + '.' + secret);
    row("id is zero", base64Url("0") + '.' + time + '.' + secret);
    row("id has a leading zero", base64Url("0175928847299117063") + '.' + time + '.' + secret);
    row("id is signed", base64Url("-5") + '.' + time + '.' + secret);
    row("id is too big", base64Url("9223372036854775808") + '.' + time + '.' + secret);
    row("id is padded", base64Url("1759288472991170") + "==." + time + '.' + secret);
    row("id with stray bits", "MTc1OTI4ODQ3Mjk5MTE3MDYB." + time + '.' + secret);
    row("short time", id + '.' + base64Url("abc") + '.' + secret);
    row("short secret", id + '.' + time + '.' + base64Url(QByteArray(20, 'b')));
    row("long secret", id + '.' + time + '.' + base64Url(QByteArray(28, 'b')));
    row("huge", id + '.' + time + '.' + QByteArray(100'000, 'b'));
    row("a blank", ' ' + id + '.' + time + '.' + secret);
    row("a zero byte", id + '.' + time + '.' + secret.chopped(1) + QByteArray(1, '\0'));
    row("a JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0");
}

void TestBotToken::what_has_not_the_shape_is_refused()
{
    QFETCH(QByteArray, token);
    QVERIFY(!botToken::userOf(token));
}

void TestBotToken::only_the_digest_is_needed_to_recognise_it()
{
    const QByteArray token = botToken::make(bot, now).reveal();
    const QByteArray stored = tokenDigest(token);
    QCOMPARE(stored.size(), 64);
    QVERIFY(!stored.contains(token.last(10)));
    QVERIFY(sameSecret(tokenDigest(token), stored));
    QVERIFY(!sameSecret(tokenDigest(botToken::make(bot, now).reveal()), stored));
}

QTEST_APPLESS_MAIN(TestBotToken)
#include "tst_bot_token.moc"
