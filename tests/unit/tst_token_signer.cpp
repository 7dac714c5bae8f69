// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/fault.h"
#include "server/infrastructure/security/token_signer.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QtTest>

#include <atomic>
#include <thread>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

const QByteArray key = "0123456789abcdef0123456789abcdef";
constexpr Timestamp now{1'700'000'000'000};

TokenSigner signerWith(const QList<QByteArray> &keys)
{
    std::vector<Secret<QByteArray>> secrets;
    for (const QByteArray &k : keys)
        secrets.emplace_back(k);
    return TokenSigner(std::move(secrets));
}

TokenClaims someClaims()
{
    return {UserId(175928847299117063), AuthSessionId(175928847299117999), now,
            Timestamp{now.ms + 3'600'000}, u"änne.o"_s};
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// A token made by hand, with any header and any algorithm.
QByteArray forge(const QByteArray &header, const QByteArray &payload, const QByteArray &signingKey,
                 QCryptographicHash::Algorithm hash = QCryptographicHash::Sha256)
{
    const QByteArray input = base64Url(header) + '.' + base64Url(payload);
    return input + '.' + base64Url(QMessageAuthenticationCode::hash(input, signingKey, hash));
}

const QByteArray goodHeader = R"({"alg":"HS256","typ":"JWT"})";
const QByteArray goodPayload
    = R"({"sub":"175928847299117063","jti":"175928847299117999","iat":1700000000,"exp":1700003600,"username":"ann"})";

} // namespace

class TestTokenSigner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void what_is_signed_verifies_to_the_same_claims();
    void the_wire_form_is_the_contract();
    void a_token_made_elsewhere_with_our_key_is_accepted();
    void forged_tokens_are_refused_data();
    void forged_tokens_are_refused();
    void claims_that_lack_something_are_refused_data();
    void claims_that_lack_something_are_refused();
    void expiry_has_no_leeway();
    void a_changed_byte_anywhere_is_refused();
    void keys_rotate();
    void an_empty_key_is_a_fault();
    void a_signer_serves_many_threads();
};

void TestTokenSigner::what_is_signed_verifies_to_the_same_claims()
{
    const TokenSigner signer = signerWith({key});
    const auto verified = signer.verify(signer.sign(someClaims()), now);
    QVERIFY(verified.has_value());
    QCOMPARE(*verified, someClaims());
}

void TestTokenSigner::the_wire_form_is_the_contract()
{
    const QByteArray token = signerWith({key}).sign(someClaims());
    const QList<QByteArray> segments = token.split('.');
    QCOMPARE(segments.size(), 3);
    const auto object = [](const QByteArray &segment) {
        return QJsonDocument::fromJson(
                   QByteArray::fromBase64(segment, QByteArray::Base64UrlEncoding))
            .object();
    };
    QCOMPARE(object(segments[0]), (QJsonObject{{u"alg"_s, u"HS256"_s}, {u"typ"_s, u"JWT"_s}}));
    QCOMPARE(object(segments[1]),
             (QJsonObject{{u"sub"_s, u"175928847299117063"_s},
                          {u"jti"_s, u"175928847299117999"_s},
                          {u"iat"_s, 1'700'000'000},
                          {u"exp"_s, 1'700'003'600},
                          {u"username"_s, u"änne.o"_s}}));
    const QByteArray input = segments[0] + '.' + segments[1];
    QCOMPARE(segments[2],
             base64Url(QMessageAuthenticationCode::hash(input, key, QCryptographicHash::Sha256)));
}

void TestTokenSigner::a_token_made_elsewhere_with_our_key_is_accepted()
{
    const TokenSigner signer = signerWith({key});
    QVERIFY(signer.verify(forge(goodHeader, goodPayload, key), now).has_value());
    QVERIFY(signer.verify(forge(R"({"alg":"HS256"})", goodPayload, key), now).has_value());
}

void TestTokenSigner::forged_tokens_are_refused_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<TokenError>("expected");
    const auto row = [](const char *name, const QByteArray &token, TokenError error) {
        QTest::newRow(name) << token << error;
    };
    const auto header = [&row](const char *name, const QByteArray &text) {
        row(name, forge(text, goodPayload, key), TokenError::Header);
    };
    const QByteArray input = base64Url(goodHeader) + '.' + base64Url(goodPayload);
    const QByteArray none = base64Url(R"({"alg":"none"})") + '.' + base64Url(goodPayload) + '.';

    row("empty", "", TokenError::Malformed);
    row("dots", "..", TokenError::Malformed);
    row("two segments", input, TokenError::Malformed);
    row("empty signature", input + '.', TokenError::Malformed);
    row("four segments", forge(goodHeader, goodPayload, key) + ".x", TokenError::Malformed);
    row("padding", forge(goodHeader, goodPayload, key) + '=', TokenError::Malformed);
    row("standard alphabet", forge(goodHeader, goodPayload, key) + '+', TokenError::Malformed);
    row("a blank", ' ' + forge(goodHeader, goodPayload, key), TokenError::Malformed);
    row("a zero byte", forge(goodHeader, goodPayload, key) + QByteArray(1, '\0'),
        TokenError::Malformed);
    row("too long", forge(goodHeader, QByteArray(5000, ' ') + goodPayload, key),
        TokenError::Malformed);
    row("header is no JSON", forge("hello", goodPayload, key), TokenError::Malformed);
    row("header is a list", forge("[]", goodPayload, key), TokenError::Malformed);
    row("header is deep", forge(QByteArray(2000, '['), goodPayload, key), TokenError::Malformed);

    row("alg none without signature", none, TokenError::Malformed);
    row("alg none with a signature", none + "AAAA", TokenError::Header);
    header("alg none signed by us", R"({"alg":"none"})");
    header("alg None", R"({"alg":"None","typ":"JWT"})");
    header("alg in lower case", R"({"alg":"hs256","typ":"JWT"})");
    header("alg missing", R"({"typ":"JWT"})");
    header("alg empty", R"({"alg":"","typ":"JWT"})");
    header("alg is a number", R"({"alg":256})");
    header("alg is a list", R"({"alg":["HS256"]})");
    header("alg RS256", R"({"alg":"RS256","typ":"JWT"})");
    header("alg ES256", R"({"alg":"ES256","typ":"JWT"})");
    row("alg HS384", forge(R"({"alg":"HS384"})", goodPayload, key, QCryptographicHash::Sha384),
        TokenError::Header);
    row("alg HS512", forge(R"({"alg":"HS512"})", goodPayload, key, QCryptographicHash::Sha512),
        TokenError::Header);
    header("alg twice", R"({"alg":"HS256","alg":"none"})");
    header("crit", R"({"alg":"HS256","crit":["exp"],"typ":"JWT"})");
    header("crit without typ", R"({"alg":"HS256","crit":[]})");
    header("jwk", R"({"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}})");
    header("kid", R"({"alg":"HS256","typ":"JWT","kid":"../../dev/null"})");
    header("jku", R"({"alg":"HS256","typ":"JWT","jku":"https://evil.example"})");
    header("x5c", R"({"alg":"HS256","typ":"JWT","x5c":["AAAA"]})");
    header("typ of another kind", R"({"alg":"HS256","typ":"at+jwt"})");

    row("signed with an empty key", forge(goodHeader, goodPayload, ""), TokenError::Signature);
    row("signed with a guess", forge(goodHeader, goodPayload, "secret"), TokenError::Signature);
    row("key with a zero byte more", forge(goodHeader, goodPayload, key + 'x'),
        TokenError::Signature);
    row("HS384 under an HS256 header",
        forge(goodHeader, goodPayload, key, QCryptographicHash::Sha384), TokenError::Signature);
    row("signature cut", forge(goodHeader, goodPayload, key).chopped(1), TokenError::Signature);
    row("signature of one byte", input + ".AA", TokenError::Signature);
    row("payload is no JSON", forge(goodHeader, "hello", key), TokenError::Signature);
    row("payload is a list", forge(goodHeader, "[1]", key), TokenError::Claims);
}

void TestTokenSigner::forged_tokens_are_refused()
{
    QFETCH(QByteArray, token);
    QFETCH(TokenError, expected);
    const auto verified = signerWith({key}).verify(token, now);
    QVERIFY(!verified.has_value());
    QCOMPARE(tokenErrorName(verified.error()), tokenErrorName(expected));
}

void TestTokenSigner::claims_that_lack_something_are_refused_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *name, const QString &claim, const QJsonValue &value) {
        QTest::newRow(name) << claim << value;
    };
    const QJsonValue gone(QJsonValue::Undefined);
    row("no sub", u"sub"_s, gone);
    row("sub is a number", u"sub"_s, 5);
    row("sub is no snowflake", u"sub"_s, u"ann"_s);
    row("sub is zero", u"sub"_s, u"0"_s);
    row("sub is negative", u"sub"_s, u"-5"_s);
    row("sub is empty", u"sub"_s, QString());
    row("sub is too big", u"sub"_s, u"9223372036854775808"_s);
    row("no jti", u"jti"_s, gone);
    row("jti is a list", u"jti"_s, QJsonArray());
    row("no iat", u"iat"_s, gone);
    row("iat is text", u"iat"_s, u"1700000000"_s);
    row("no exp", u"exp"_s, gone);
    row("exp is null", u"exp"_s, QJsonValue());
    row("exp is text", u"exp"_s, u"1700003600"_s);
    row("exp is negative", u"exp"_s, -1);
    row("exp is a fraction", u"exp"_s, 1700003600.5);
    row("exp overflows", u"exp"_s, 9.0e18);
    row("no username", u"username"_s, gone);
}

void TestTokenSigner::claims_that_lack_something_are_refused()
{
    QFETCH(QString, claim);
    QFETCH(QJsonValue, value);
    QJsonObject payload = QJsonDocument::fromJson(goodPayload).object();
    payload.insert(claim, value); // undefined removes
    const QByteArray token
        = forge(goodHeader, QJsonDocument(payload).toJson(QJsonDocument::Compact), key);
    const auto verified = signerWith({key}).verify(token, now);
    QVERIFY(!verified.has_value());
    QCOMPARE(tokenErrorName(verified.error()), "claims");
}

void TestTokenSigner::expiry_has_no_leeway()
{
    const TokenSigner signer = signerWith({key});
    const QByteArray token = signer.sign(someClaims());
    const Timestamp end = someClaims().expiresAt;
    QVERIFY(signer.verify(token, Timestamp{end.ms - 1}).has_value());
    for (const qint64 late : {0, 1, 3'600'000}) {
        const auto verified = signer.verify(token, Timestamp{end.ms + late});
        QVERIFY(!verified.has_value());
        QCOMPARE(tokenErrorName(verified.error()), "expired");
    }
}

void TestTokenSigner::a_changed_byte_anywhere_is_refused()
{
    const TokenSigner signer = signerWith({key});
    const QByteArray token = signer.sign(someClaims());
    for (qsizetype i = 0; i < token.size(); ++i) {
        QByteArray changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        QVERIFY2(!signer.verify(changed, now).has_value(), qPrintable(QString::number(i)));
    }
}

void TestTokenSigner::keys_rotate()
{
    const QByteArray next = "fedcba9876543210fedcba9876543210";
    const QByteArray old = signerWith({key}).sign(someClaims());
    const TokenSigner rotated = signerWith({next, key});
    QVERIFY(rotated.verify(old, now).has_value());
    const QByteArray fresh = rotated.sign(someClaims());
    QVERIFY(signerWith({next}).verify(fresh, now).has_value());
    QVERIFY(!signerWith({key}).verify(fresh, now).has_value());
    QVERIFY(!signerWith({next}).verify(old, now).has_value());
}

void TestTokenSigner::an_empty_key_is_a_fault()
{
    QVERIFY_THROWS_EXCEPTION(Fault, signerWith({}));
    QVERIFY_THROWS_EXCEPTION(Fault, signerWith({key, ""}));
}

void TestTokenSigner::a_signer_serves_many_threads()
{
    const TokenSigner signer = signerWith({"another key that is long enough.", key});
    const QByteArray good = forge(goodHeader, goodPayload, key);
    const QByteArray bad = forge(goodHeader, goodPayload, "guess");
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) {
                if (!signer.verify(good, now) || signer.verify(bad, now)
                    || !signer.verify(signer.sign(someClaims()), now))
                    ++wrong;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_APPLESS_MAIN(TestTokenSigner)
#include "tst_token_signer.moc"
