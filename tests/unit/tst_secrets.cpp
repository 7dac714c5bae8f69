// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/fault.h"
#include "server/infrastructure/security/mac.h"
#include "server/infrastructure/security/random.h"
#include "server/infrastructure/security/secret_box.h"
#include "server/infrastructure/security/token_digest.h"

#include <QRegularExpression>
#include <QSet>
#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

const Secret<QByteArray> master(QByteArray("a master key of some length"));

} // namespace

/// Randomness, digests, signatures and sealed values.
class TestSecrets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void random_values_have_their_length_and_alphabet();
    void invite_codes_use_the_whole_alphabet_and_do_not_repeat();
    void the_digest_is_sha256();
    void secrets_of_any_difference_differ();
    void the_mac_is_hmac_sha256();
    void a_signature_fits_its_key_and_message_only();
    void derived_keys_differ_by_purpose();
    void what_is_sealed_opens_where_it_lies();
    void a_sealed_value_opens_nowhere_else();
    void a_damaged_box_does_not_open();
    void a_key_of_the_wrong_length_is_a_fault();
};

void TestSecrets::random_values_have_their_length_and_alphabet()
{
    QCOMPARE(random::bytes(33).size(), 33);
    QCOMPARE(random::bytes(0).size(), 0);
    static const QRegularExpression hex(u"^[0-9a-f]{32}$"_s);
    QVERIFY(hex.match(QString::fromLatin1(random::hexId(16))).hasMatch());
    static const QRegularExpression base64(u"^[A-Za-z0-9_-]{43}$"_s);
    QVERIFY(base64.match(QString::fromLatin1(random::urlToken(32))).hasMatch());
    QVERIFY(random::bytes(16) != random::bytes(16));
}

void TestSecrets::invite_codes_use_the_whole_alphabet_and_do_not_repeat()
{
    static const QRegularExpression shape(u"^[A-Za-z0-9]{8}$"_s);
    QSet<QByteArray> codes;
    QSet<char> characters;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray code = random::inviteCode();
        QVERIFY2(shape.match(QString::fromLatin1(code)).hasMatch(), code.constData());
        codes.insert(code);
        characters.unite(QSet<char>(code.begin(), code.end()));
    }
    QCOMPARE(codes.size(), 1000);
    QCOMPARE(characters.size(), 62);
}

void TestSecrets::the_digest_is_sha256()
{
    QCOMPARE(tokenDigest("abc"),
             QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(tokenDigest(""),
             QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TestSecrets::secrets_of_any_difference_differ()
{
    QVERIFY(sameSecret("", ""));
    QVERIFY(sameSecret("abc", "abc"));
    QVERIFY(!sameSecret("abc", "abd"));
    QVERIFY(!sameSecret("abc", "xbc"));
    QVERIFY(!sameSecret("abc", "ab"));
    QVERIFY(!sameSecret("abc", ""));
}

void TestSecrets::the_mac_is_hmac_sha256()
{
    // RFC 4231, test cases 2 and 6 (a key longer than a block).
    QCOMPARE(macHex(Secret(QByteArray("Jefe")), "what do ya want for nothing?"),
             QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    QCOMPARE(macHex(Secret(QByteArray(131, '\xaa')),
                    "Test Using Larger Than Block-Size Key - Hash Key First"),
             QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

void TestSecrets::a_signature_fits_its_key_and_message_only()
{
    const QByteArray signature = macHex(master, "/attachments/1/2/a.png");
    QVERIFY(macMatches(master, "/attachments/1/2/a.png", signature));
    QVERIFY(!macMatches(master, "/attachments/1/2/b.png", signature));
    QVERIFY(!macMatches(Secret(QByteArray("other")), "/attachments/1/2/a.png", signature));
    QVERIFY(!macMatches(master, "/attachments/1/2/a.png", signature.chopped(1)));
    QVERIFY(!macMatches(master, "/attachments/1/2/a.png", ""));
    QVERIFY(!macMatches(master, "/attachments/1/2/a.png", signature.toUpper()));
}

void TestSecrets::derived_keys_differ_by_purpose()
{
    const auto urls = deriveKey(master, "media-url");
    QCOMPARE(urls.reveal().size(), 32);
    QVERIFY(urls == deriveKey(master, "media-url"));
    QVERIFY(!(urls == deriveKey(master, "webhook-token")));
    QVERIFY(!(urls == deriveKey(Secret(QByteArray("other")), "media-url")));
}

void TestSecrets::what_is_sealed_opens_where_it_lies()
{
    const SecretBox box(deriveKey(master, "webhook-token"));
    for (const QByteArray &plain : {QByteArray(), QByteArray("token"), QByteArray(10'000, '\0')}) {
        const QByteArray sealed = box.seal(plain, "webhooks/1");
        QVERIFY(box.open(sealed, "webhooks/1") == plain);
        QVERIFY(box.seal(plain, "webhooks/1") != sealed);
        QVERIFY(plain.isEmpty() || !sealed.contains(plain));
    }
}

void TestSecrets::a_sealed_value_opens_nowhere_else()
{
    const SecretBox box(deriveKey(master, "webhook-token"));
    const QByteArray sealed = box.seal("token", "webhooks/1");
    QVERIFY(!box.open(sealed, "webhooks/2"));
    QVERIFY(!box.open(sealed, ""));
    QVERIFY(!SecretBox(deriveKey(master, "other")).open(sealed, "webhooks/1"));
}

void TestSecrets::a_damaged_box_does_not_open()
{
    const SecretBox box(deriveKey(master, "webhook-token"));
    const QByteArray sealed = box.seal("a token of some length", "webhooks/1");
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        QByteArray damaged = sealed;
        damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
        // The last character carries bits that base64 does not use.
        if (i + 1 < sealed.size())
            QVERIFY(!box.open(damaged, "webhooks/1"));
        QVERIFY(!box.open(sealed.first(i), "webhooks/1"));
    }
    QVERIFY(!box.open("not base64 at all!", "webhooks/1"));
}

void TestSecrets::a_key_of_the_wrong_length_is_a_fault()
{
    QVERIFY_THROWS_EXCEPTION(Fault, SecretBox(Secret(QByteArray(31, 'k'))));
    QVERIFY_THROWS_EXCEPTION(Fault, SecretBox(Secret<QByteArray>()));
}

QTEST_APPLESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
