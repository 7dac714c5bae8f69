// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/fault.h"
#include "server/infrastructure/security/password_hash.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

/// The least that argon2 accepts: the rules are the same, the tests are fast.
constexpr PasswordHash::Cost cheap{1, 8192};

} // namespace

class TestPasswordHash : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_right_password_and_no_other_is_accepted();
    void one_password_hashes_differently_each_time();
    void the_default_is_argon2id_with_nineteen_mebibytes();
    void two_spellings_of_one_password_agree();
    void every_character_counts();
    void what_is_no_hash_is_refused_data();
    void what_is_no_hash_is_refused();
    void a_hash_of_another_cost_still_verifies_and_wants_a_rehash();
    void an_impossible_cost_is_a_fault();
};

void TestPasswordHash::the_right_password_and_no_other_is_accepted()
{
    const PasswordHash hasher(cheap);
    const QByteArray stored = hasher.hash(u"correct horse"_s);
    QVERIFY(hasher.verify(u"correct horse"_s, stored));
    for (const QString &wrong : {u"correct horsf"_s, u"correct hors"_s, u"correct horse "_s,
                                 u"Correct horse"_s, QString()})
        QVERIFY2(!hasher.verify(wrong, stored), qPrintable(wrong));
    QVERIFY(!stored.contains("correct"));
}

void TestPasswordHash::one_password_hashes_differently_each_time()
{
    const PasswordHash hasher(cheap);
    QVERIFY(hasher.hash(u"same"_s) != hasher.hash(u"same"_s));
}

void TestPasswordHash::the_default_is_argon2id_with_nineteen_mebibytes()
{
    const PasswordHash hasher;
    const QByteArray stored = hasher.hash(u"password"_s);
    QVERIFY2(stored.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), stored.constData());
    QVERIFY(hasher.verify(u"password"_s, stored));
    QVERIFY(!hasher.needsRehash(stored));
    hasher.verifyNobody(u"password"_s);
}

void TestPasswordHash::two_spellings_of_one_password_agree()
{
    const PasswordHash hasher(cheap);
    const QByteArray composed = hasher.hash(u"caf\u00e9 \u212b"_s);
    QVERIFY(hasher.verify(u"cafe\u0301 \u00c5"_s, composed));
}

void TestPasswordHash::every_character_counts()
{
    const PasswordHash hasher(cheap);
    const QString longest(72, QChar(u'\u4e16'));
    const QByteArray stored = hasher.hash(longest + u'a');
    QVERIFY(hasher.verify(longest + u'a', stored));
    QVERIFY(!hasher.verify(longest + u'b', stored));
    const QString withNul = u"before"_s + QChar(0) + u"after"_s;
    QVERIFY(!hasher.verify(u"before"_s, hasher.hash(withNul)));
}

void TestPasswordHash::what_is_no_hash_is_refused_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("plain text") << QByteArray("secret");
    QTest::newRow("another scheme") << QByteArray("$2b$12$abcdefghijklmnopqrstuv");
    QTest::newRow("cut off") << PasswordHash(cheap).hash(u"secret"_s).chopped(1);
    QTest::newRow("too long") << QByteArray(4096, '$');
    QTest::newRow("exactly the buffer") << QByteArray(128, 'a');
}

void TestPasswordHash::what_is_no_hash_is_refused()
{
    QFETCH(QByteArray, stored);
    const PasswordHash hasher(cheap);
    QVERIFY(!hasher.verify(u"secret"_s, stored));
    QVERIFY(stored.startsWith("$argon2id") || hasher.needsRehash(stored));
}

void TestPasswordHash::a_hash_of_another_cost_still_verifies_and_wants_a_rehash()
{
    const QByteArray stored = PasswordHash({2, 16384}).hash(u"secret"_s);
    const PasswordHash hasher(cheap);
    QVERIFY(hasher.verify(u"secret"_s, stored));
    QVERIFY(hasher.needsRehash(stored));
}

void TestPasswordHash::an_impossible_cost_is_a_fault()
{
    const PasswordHash hasher({1, 1});
    QVERIFY_THROWS_EXCEPTION(Fault, (void)hasher.hash(u"secret"_s));
    QVERIFY_THROWS_EXCEPTION(Fault, hasher.verifyNobody(u"secret"_s));
}

QTEST_APPLESS_MAIN(TestPasswordHash)
#include "tst_password_hash.moc"
