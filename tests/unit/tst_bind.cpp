// SPDX-License-Identifier: GPL-3.0-or-later
// How values are written as PostgreSQL text, and how text of columns is read; without a server.
#include "server/infrastructure/database/bind.h"
#include "server/infrastructure/database/column_text.h"

#include <QTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

enum class Colour : qint16 { Red = 1, Blue = -2 };

template <typename T>
QByteArray written(const T &value)
{
    const db::Bind bind = db::bind(":x", value);
    return bind.value() ? QByteArray(bind.value()) : QByteArray("(null)");
}

template <typename T>
std::optional<T> parsed(std::string_view text)
{
    T value{};
    return db::parseColumn(text, value) ? std::optional(value) : std::nullopt;
}

} // namespace

class TestBind : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbers_are_written_in_full();
    void ids_times_rights_and_enums_are_their_numbers();
    void text_is_utf8_without_nul();
    void nothing_is_null_and_empty_text_is_not();
    void arrays_are_literals();
    void elements_are_quoted_where_they_must_be();
    void a_bind_can_be_moved();
    void numbers_are_read_exactly();
    void what_is_no_number_is_refused_data();
    void what_is_no_number_is_refused();
    void unknown_rights_are_dropped();
    void arrays_are_read();
    void broken_arrays_are_refused_data();
    void broken_arrays_are_refused();
    void what_is_written_as_an_array_is_read_back();
};

void TestBind::numbers_are_written_in_full()
{
    QCOMPARE(written(0), "0");
    QCOMPARE(written(std::numeric_limits<qint64>::min()), "-9223372036854775808");
    QCOMPARE(written(std::numeric_limits<quint64>::max()), "18446744073709551615");
    QCOMPARE(written(0.1), "0.1");
    QCOMPARE(written(-std::numeric_limits<double>::denorm_min()), "-5e-324");
    QCOMPARE(written(-1.2345678901234568e-300), "-1.2345678901234568e-300");
    QCOMPARE(written(true), "1");
    QCOMPARE(written(false), "0");
}

void TestBind::ids_times_rights_and_enums_are_their_numbers()
{
    QCOMPARE(written(UserId(175928847299117063)), "175928847299117063");
    QCOMPARE(written(Timestamp{-1}), "-1");
    QCOMPARE(written(Permissions{Permission::ViewChannel, Permission::SendMessages}), "3072");
    QCOMPARE(written(Colour::Blue), "-2");
}

void TestBind::text_is_utf8_without_nul()
{
    QCOMPARE(written(u"Zoë 🎲"_s), "Zo\xc3\xab \xf0\x9f\x8e\xb2");
    QCOMPARE(written(u"a\0b\0"_s), "ab");
    QCOMPARE(written(QByteArray("a\0b", 3)), "ab");
    // Half a surrogate pair: whatever Qt makes of it, PostgreSQL must be able to store it.
    QVERIFY(written(QString(QChar(0xd800))).isValidUtf8());
    QCOMPARE(written("literal"), "literal");
    QCOMPARE(written(std::string_view("view")), "view");
    QCOMPARE(written(QStringView(u"view")), "view");
}

void TestBind::nothing_is_null_and_empty_text_is_not()
{
    QCOMPARE(written(std::nullopt), "(null)");
    QCOMPARE(written(std::optional<UserId>()), "(null)");
    QCOMPARE(written(std::optional(u"x"_s)), "x");
    QCOMPARE(written(QString()), "");
    QCOMPARE(written(QByteArray()), "");
}

void TestBind::arrays_are_literals()
{
    QCOMPARE(written(std::vector<UserId>()), "{}");
    QCOMPARE(written(QList<UserId>{UserId(1), UserId(2)}), "{1,2}");
    QCOMPARE(written(std::vector<std::optional<int>>{1, std::nullopt}), "{1,NULL}");
    QCOMPARE(written(std::vector<bool>{true, false}), "{t,f}");
    QCOMPARE(written(std::array{0.5, 2.0}), "{0.5,2}");
}

void TestBind::elements_are_quoted_where_they_must_be()
{
    QCOMPARE(written(QStringList{u"a,b"_s, u"c\"d\\e"_s, u""_s, u"NULL"_s, u"{}"_s}),
             R"({"a,b","c\"d\\e","","NULL","{}"})");
    QCOMPARE(written(std::vector<std::optional<QString>>{std::nullopt, u"x"_s}), R"({NULL,"x"})");
}

void TestBind::a_bind_can_be_moved()
{
    db::Bind number = db::bind(":n", 42);
    const db::Bind moved = std::move(number);
    QCOMPARE(QByteArray(moved.value()), "42");
    db::Bind text = db::bind(":t", u"words"_s);
    const db::Bind movedText = std::move(text);
    QCOMPARE(QByteArray(movedText.value()), "words");
}

void TestBind::numbers_are_read_exactly()
{
    QCOMPARE(parsed<qint64>("-9223372036854775808"), std::numeric_limits<qint64>::min());
    QCOMPARE(parsed<UserId>("9223372036854775807"), UserId(9223372036854775807));
    QCOMPARE(parsed<double>("0.1"), 0.1);
    QCOMPARE(parsed<Timestamp>("1700000000000")->ms, 1700000000000);
    QVERIFY(parsed<Colour>("-2") == Colour::Blue);
    QCOMPARE(parsed<bool>("t"), true);
    QCOMPARE(parsed<bool>("f"), false);
}

void TestBind::what_is_no_number_is_refused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", " 1", "1 ", "1.5", "x", "-", "99999999999", "+1"})
        QTest::newRow(text) << QByteArray(text);
}

void TestBind::what_is_no_number_is_refused()
{
    QFETCH(QByteArray, text);
    const std::string_view view(text.constData(), size_t(text.size()));
    QCOMPARE(parsed<int>(view), std::nullopt);
    QCOMPARE(parsed<bool>(view), std::nullopt);
    QVERIFY(!parsed<UserId>("-1"));
}

void TestBind::unknown_rights_are_dropped()
{
    QCOMPARE(parsed<Permissions>("9007199254740992")->bits(), 0u);
    QVERIFY(parsed<Permissions>("3072")->has(Permission::SendMessages));
}

void TestBind::arrays_are_read()
{
    using Ids = std::vector<UserId>;
    QCOMPARE(parsed<Ids>("{}"), Ids());
    QCOMPARE(parsed<Ids>("{7}"), Ids{UserId(7)});
    QCOMPARE(parsed<Ids>("{1,22,333}"), (Ids{UserId(1), UserId(22), UserId(333)}));
    QCOMPARE(parsed<QStringList>(R"({a,"b,c","d\"e\\f","",NULL_})"),
             (QStringList{u"a"_s, u"b,c"_s, u"d\"e\\f"_s, u""_s, u"NULL_"_s}));
    using Maybe = std::vector<std::optional<QString>>;
    QVERIFY(parsed<Maybe>(R"({NULL,"NULL"})") == (Maybe{std::nullopt, u"NULL"_s}));
}

void TestBind::broken_arrays_are_refused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", "{", "}", "1,2", "{1,}", "{,1}", "{1,NULL}", "{{1},{2}}", "{\"1}",
                             "{\"1\"2}", "{\"1\\\"}", "[0:1]={1,2}", "{1;2}"})
        QTest::newRow(text) << QByteArray(text);
}

void TestBind::broken_arrays_are_refused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parsed<std::vector<int>>(std::string_view(text.constData(), size_t(text.size()))));
}

void TestBind::what_is_written_as_an_array_is_read_back()
{
    const QStringList words{u""_s,     u" "_s,   u"null"_s, u"NULL"_s, u"\\"_s,
                            u"\"\""_s, u"{,}"_s, u"ünï🎲"_s, u"\n\t"_s};
    QCOMPARE(parsed<QStringList>(written(words).toStdString()), words);
}

QTEST_GUILESS_MAIN(TestBind)
#include "tst_bind.moc"
