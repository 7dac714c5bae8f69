// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/codec.h"
#include "shared/json/query.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

/// What a client may send at all, before anybody asks what it means. @source api.md 1.1
class TestJsonParse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_text_is_taken_or_refused_data();
    void a_text_is_taken_or_refused();
    void depth_sixty_four_is_taken_and_one_more_is_not();
    void brackets_in_texts_are_no_depth();
    void many_values_are_taken_and_one_more_is_not_data();
    void many_values_are_taken_and_one_more_is_not();
    void commas_in_texts_are_no_values();
    void a_trusted_text_may_have_any_number_of_values();
    void a_large_text_is_kept_once();
    void a_document_can_be_moved();
    void of_two_equal_keys_the_last_one_counts();
    void a_lone_surrogate_becomes_a_replacement_character_data();
    void a_lone_surrogate_becomes_a_replacement_character();
    void nothing_takes_more_than_linear_time_data();
    void nothing_takes_more_than_linear_time();
    void a_query_becomes_an_object_data();
    void a_query_becomes_an_object();
};

void TestJsonParse::a_text_is_taken_or_refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("taken");
    QTest::newRow("object") << "{\"a\":1}"_ba << true;
    QTest::newRow("blanks around it") << " \r\n\t{ } \n"_ba << true;
    QTest::newRow("behind a byte order mark") << "\xEF\xBB\xBF{}"_ba << true;
    QTest::newRow("a bare number") << "1"_ba << true;
    QTest::newRow("the greatest snowflake as a number") << "9223372036854775807"_ba << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("a second value") << "{} {}"_ba << false;
    QTest::newRow("a comma too many") << "[1,]"_ba << false;
    QTest::newRow("a comment") << "{/*x*/}"_ba << false;
    QTest::newRow("single quotes") << "{'a':1}"_ba << false;
    QTest::newRow("NaN") << "NaN"_ba << false;
    QTest::newRow("not closed") << "{\"a\":[1"_ba << false;
    QTest::newRow("a text not closed") << "\"abc"_ba << false;
    QTest::newRow("a text that ends in a backslash") << "\"abc\\"_ba << false;
    QTest::newRow("half an escape") << "\"\\u12"_ba << false;
    QTest::newRow("an escape that is none") << "\"\\u12xy\""_ba << false;
    QTest::newRow("a line end in a text") << "\"a\nb\""_ba << false;
    QTest::newRow("a number without end") << "1e999999"_ba << false;
    QTest::newRow("a NUL behind the value") << QByteArray("{}\0garbage", 10) << false;
    QTest::newRow("a NUL in a text") << QByteArray("\"a\0b\"", 5) << false;
    QTest::newRow("UTF-8") << "\"h\xC3\xA9\""_ba << true;
    QTest::newRow("a lone continuation byte") << "\"\x80\""_ba << false;
    QTest::newRow("a character cut off") << "\"\xC3\""_ba << false;
    QTest::newRow("a surrogate in UTF-8") << "\"\xED\xA0\x80\""_ba << false;
}

void TestJsonParse::a_text_is_taken_or_refused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, taken);
    const auto parsed = json::parse(text);
    QCOMPARE(parsed.has_value(), taken);
    if (!taken)
        QCOMPARE(parsed.error().code, ErrorCode::InvalidJson);
}

void TestJsonParse::depth_sixty_four_is_taken_and_one_more_is_not()
{
    for (const char open : {'[', '{'}) {
        const QByteArray opening = open == '[' ? "[" : "{\"a\":";
        const QByteArray closing = open == '[' ? "]" : "}";
        const QByteArray inside = open == '[' ? "" : "1";
        QVERIFY(json::parse(opening.repeated(64) + inside + closing.repeated(64)));
        const auto refused = json::parse(opening.repeated(65) + inside + closing.repeated(65));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidJson);
    }
}

void TestJsonParse::brackets_in_texts_are_no_depth()
{
    const QByteArray text = "[\"" + QByteArray("[{").repeated(100) + "\\\"[[\"]";
    QVERIFY(json::parse(text));
}

void TestJsonParse::many_values_are_taken_and_one_more_is_not_data()
{
    QTest::addColumn<QByteArray>("open");
    QTest::addColumn<QByteArray>("unit");
    QTest::addColumn<QByteArray>("close");
    QTest::addColumn<int>("perUnit");
    QTest::newRow("numbers") << "["_ba
                             << "0,"_ba
                             << "0]"_ba << 1;
    QTest::newRow("members") << "{"_ba
                             << R"("":0,)"_ba
                             << R"("":0})"_ba << 1;
    QTest::newRow("lists") << "["_ba
                           << "[],"_ba
                           << "0]"_ba << 2;
    QTest::newRow("objects") << "["_ba
                             << "{},"_ba
                             << "0]"_ba << 2;
}

void TestJsonParse::many_values_are_taken_and_one_more_is_not()
{
    QFETCH(const QByteArray, open);
    QFETCH(const QByteArray, unit);
    QFETCH(const QByteArray, close);
    QFETCH(const int, perUnit);
    // The list around them counts as one, as each comma behind a value does.
    const int most = int(json::maxValues - 1) / perUnit;
    QVERIFY(json::parse(open + unit.repeated(most) + close));
    const auto refused = json::parse(open + unit.repeated(most + 1) + close);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidJson);
}

void TestJsonParse::commas_in_texts_are_no_values()
{
    QVERIFY(json::parse('"' + QByteArray(200'000, ',') + '"'));
}

void TestJsonParse::a_trusted_text_may_have_any_number_of_values()
{
    const auto parsed
        = json::parse('[' + QByteArray("0,").repeated(200'000) + "0]", json::anyNumber);
    QVERIFY(parsed);
    QCOMPARE(parsed->Size(), 200'001u);
}

void TestJsonParse::a_large_text_is_kept_once()
{
    // An image travels as text; the parser's own memory must not hold it again.
    const auto parsed = json::parse(R"({"avatar":")" + QByteArray(1'000'000, 'x') + R"("})");
    QVERIFY(parsed);
    QCOMPARE(json::member(*parsed, "avatar")->GetStringLength(), 1'000'000u);
    auto &allocator = const_cast<json::Document &>(*parsed).GetAllocator();
    QVERIFY(allocator.Capacity() < 100'000);
}

void TestJsonParse::a_document_can_be_moved()
{
    auto parsed = json::parse(R"({"a":"text of some length, with \n escapes"})");
    QVERIFY(parsed);
    const json::Document moved = std::move(*parsed);
    json::Document assigned;
    assigned = std::move(*json::parse(R"(["another one"])"));
    QCOMPARE(json::member(moved, "a")->GetString(), "text of some length, with \n escapes");
    QCOMPARE(assigned[0].GetString(), "another one");
}

void TestJsonParse::of_two_equal_keys_the_last_one_counts()
{
    const auto document = json::parse(R"({"a":1,"b":2,"a":3})");
    QVERIFY(document);
    QCOMPARE(json::member(*document, "a")->GetInt(), 3);
    QCOMPARE(json::member(*document, "c"), nullptr);
}

void TestJsonParse::a_lone_surrogate_becomes_a_replacement_character_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("value");
    const QString replaced(QChar::ReplacementCharacter);
    QTest::newRow("high alone") << R"("a\ud83dz")"_ba << u"a"_s + replaced + u"z"_s;
    QTest::newRow("low alone") << R"("a\ude00z")"_ba << u"a"_s + replaced + u"z"_s;
    QTest::newRow("high at the end") << R"("\uD83D")"_ba << replaced;
    QTest::newRow("two high ones") << R"("\ud83d\ud83d")"_ba << replaced + replaced;
    QTest::newRow("high, then another escape") << R"("\ud83d\n")"_ba << replaced + u"\n"_s;
    QTest::newRow("high, high and low") << R"("\ud83d\ud83d\ude00")"_ba << replaced + u"😀"_s;
    QTest::newRow("a pair") << R"("\ud83d\ude00")"_ba << u"😀"_s;
    QTest::newRow("an escaped backslash before u") << R"("\\ud83d")"_ba << u"\\ud83d"_s;
}

void TestJsonParse::a_lone_surrogate_becomes_a_replacement_character()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, value);
    const auto read = json::decode<QString>(text);
    QVERIFY(read);
    QCOMPARE(*read, value);
}

void TestJsonParse::nothing_takes_more_than_linear_time_data()
{
    QTest::addColumn<QByteArray>("unit");
    QTest::newRow("lone surrogates") << R"(\ud800)"_ba;
    QTest::newRow("backslashes") << R"(\\)"_ba;
    QTest::newRow("quotes") << R"(\")"_ba;
}

void TestJsonParse::nothing_takes_more_than_linear_time()
{
    QFETCH(const QByteArray, unit);
    // A megabyte; a quadratic reading of it would take minutes, and ctest ends the test.
    const QByteArray text = '"' + unit.repeated(1024 * 1024 / unit.size()) + '"';
    QVERIFY(json::parse(text));
}

void TestJsonParse::a_query_becomes_an_object_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("object");
    QTest::newRow("none") << QByteArray() << "{}"_ba;
    QTest::newRow("one") << "a=1"_ba
                         << R"({"a":"1"})"_ba;
    QTest::newRow("a list") << "a=1&b=x&a=2"_ba
                            << R"({"a":["1","2"],"b":"x"})"_ba;
    QTest::newRow("a list with brackets") << "a[]=1&a%5B%5D=2"_ba
                                          << R"({"a":["1","2"]})"_ba;
    QTest::newRow("without a value") << "a&b="_ba
                                     << R"({"a":"","b":""})"_ba;
    QTest::newRow("escapes") << "a=%C3%A9+%26"_ba
                             << "{\"a\":\"\xC3\xA9 &\"}"_ba;
    QTest::newRow("bytes that are no UTF-8") << "a=%FF"_ba
                                             << "{\"a\":\"\xEF\xBF\xBD\"}"_ba;
    QTest::newRow("empty parts") << "&&a=1&"_ba
                                 << R"({"a":"1"})"_ba;
    QTest::newRow("an equals sign in the value") << "a=b=c"_ba
                                                 << R"({"a":"b=c"})"_ba;
}

void TestJsonParse::a_query_becomes_an_object()
{
    QFETCH(const QByteArray, query);
    QFETCH(const QByteArray, object);
    RawJson raw;
    json::Decoder decoder;
    json::Codec<RawJson>::read(json::queryToObject(query), raw, decoder);
    QCOMPARE(raw.text, object);
}

QTEST_APPLESS_MAIN(TestJsonParse)
#include "tst_json_parse.moc"
