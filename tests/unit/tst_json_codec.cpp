// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/dto/message_input.h"
#include "shared/json/codec.h"
#include "shared/json/query.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

enum class Kind : int { One = 1, Two = 2 };

struct Inner {
    int number = 0;
    static constexpr auto jsonFields()
    {
        return json::fields(json::field("number", &Inner::number));
    }
};

/// One member of each kind of type.
struct Everything {
    bool flag = false;
    int number = 0;
    qint64 big = 0;
    double fraction = 0;
    QString text;
    Timestamp time;
    UserId id;
    Permissions permissions;
    Kind kind = Kind::One;
    std::vector<Inner> list;
    std::optional<int> optional;
    Nullable<QString> nullable;
    Patch<int> patch;
    int withDefault = 7;
    RawJson raw{"[]"};
    std::optional<StringOrInt> either;
    EmptyList nothing;
    AlwaysNull never;

    static constexpr auto jsonFields()
    {
        using namespace json;
        using E = Everything;
        return fields(
            field("flag", &E::flag), field("number", &E::number), field("big", &E::big),
            field("fraction", &E::fraction), field("text", &E::text), field("time", &E::time),
            field("id", &E::id), field("permissions", &E::permissions), field("kind", &E::kind),
            field("list", &E::list), field("optional", &E::optional),
            field("nullable", &E::nullable), field("patch", &E::patch),
            field("with_default", &E::withDefault, MayBeAbsent{}),
            field("raw", &E::raw, MayBeAbsent{}), field("either", &E::either),
            field("nothing", &E::nothing, MayBeAbsent{}), field("never", &E::never, MayBeAbsent{}));
    }
};

template <typename T>
struct Box {
    T value{};
    static constexpr auto jsonFields()
    {
        return json::fields(json::field("v", &Box::value, json::MayBeAbsent{}));
    }
};

/// The code of what is wrong with `v`; empty when nothing is.
template <typename T>
QByteArray codeOf(const QByteArray &value)
{
    const auto read = json::decode<Box<T>>(QByteArrayView("{\"v\":" + value + '}'));
    if (read)
        return {};
    const auto &fields = read.error().fields;
    return fields.size() == 1 && fields.front().path == QStringList{u"v"_s} ? fields.front().code
                                                                            : "elsewhere";
}

template <typename T>
T valueOf(const QByteArray &value)
{
    return json::decode<Box<T>>(QByteArrayView("{\"v\":" + value + '}')).value().value;
}

constexpr QByteArrayView complete
    = R"({"flag":true,"number":-5,"big":9223372036854775807,)"
      R"("fraction":0.5,"text":"h\u00e9","time":"2026-01-01T00:00:00.)"
      R"(000000+00:00","id":"123","permissions":"1024","kind":2,)"
      R"("list":[{"number":1},{"number":2}],"optional":4,)"
      R"("nullable":null,"patch":null,"with_default":8,"raw":{"a":[1]},)"
      R"("either":12,"nothing":[],"never":null})";

} // namespace

class TestJsonCodec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void every_type_is_read_and_written_the_same();
    void what_is_absent_stays_as_it_was();
    void what_must_be_there_is_named_all_together();
    void null_counts_as_absent_except_in_a_patch();
    void a_patch_knows_absent_null_and_value();
    void a_value_of_the_wrong_type_is_named_data();
    void a_value_of_the_wrong_type_is_named();
    void mistakes_are_where_they_are();
    void only_some_of_very_many_mistakes_are_told();
    void integers_are_read_up_to_their_limits();
    void snowflakes_are_read_as_text_and_number_data();
    void snowflakes_are_read_as_text_and_number();
    void permissions_are_read_as_text_and_number();
    void nul_is_removed_everywhere();
    void a_nonce_comes_back_as_what_it_was();
    void a_query_is_text_and_one_may_be_a_list();
    void booleans_of_a_query_data();
    void booleans_of_a_query();
    void unknown_keys_are_ignored();
};

void TestJsonCodec::every_type_is_read_and_written_the_same()
{
    const auto read = json::decode<Everything>(complete);
    QVERIFY(read);
    QCOMPARE(read->big, std::numeric_limits<qint64>::max());
    QCOMPARE(read->text, u"hé"_s);
    QCOMPARE(read->time.ms, 1767225600000);
    QCOMPARE(read->id, UserId(123));
    QVERIFY(read->permissions.has(Permission::ViewChannel));
    QCOMPARE(read->kind, Kind::Two);
    QCOMPARE(read->list.size(), size_t(2));
    const QByteArray written = json::encode(*read);
    QByteArray expected = complete.toByteArray();
    expected.replace("\\u00e9", "é");
    QCOMPARE(written, expected);
}

void TestJsonCodec::what_is_absent_stays_as_it_was()
{
    QByteArray text = complete.toByteArray();
    text.replace(",\"with_default\":8", "").replace(",\"raw\":{\"a\":[1]}", "");
    text.replace(",\"optional\":4", "").replace(",\"either\":12", "");
    const auto read = json::decode<Everything>(text);
    QVERIFY(read);
    QCOMPARE(read->withDefault, 7);
    QCOMPARE(read->raw.text, QByteArray("[]"));
    QVERIFY(!read->optional);
    const QByteArray written = json::encode(*read);
    QVERIFY(!written.contains("\"optional\"") && !written.contains("\"either\""));
    QVERIFY(written.contains("\"nullable\":null") && written.contains("\"patch\":null"));
}

void TestJsonCodec::what_must_be_there_is_named_all_together()
{
    const auto read = json::decode<Everything>("{}");
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidFormBody);
    QStringList names;
    for (const FieldError &field : read.error().fields) {
        QCOMPARE(field.code, QByteArray("BASE_TYPE_REQUIRED"));
        names.append(field.path.join(u'/'));
    }
    QCOMPARE(names,
             (QStringList{u"flag"_s, u"number"_s, u"big"_s, u"fraction"_s, u"text"_s, u"time"_s,
                          u"id"_s, u"permissions"_s, u"kind"_s, u"list"_s}));
}

void TestJsonCodec::null_counts_as_absent_except_in_a_patch()
{
    struct Sample {
        std::optional<int> optional = 3;
        int withDefault = 5;
        Patch<int> patch;
        static constexpr auto jsonFields()
        {
            using json::field;
            return json::fields(field("optional", &Sample::optional),
                                field("with_default", &Sample::withDefault, json::MayBeAbsent{}),
                                field("patch", &Sample::patch));
        }
    };
    const auto read = json::decode<Sample>(R"({"optional":null,"with_default":null,"patch":null})");
    QVERIFY(read);
    QCOMPARE(read->withDefault, 5);
    QVERIFY(read->patch.isNull());
    QCOMPARE(codeOf<Inner>("{\"number\":null}"), QByteArray("elsewhere"));
}

void TestJsonCodec::a_patch_knows_absent_null_and_value()
{
    QVERIFY(!valueOf<Patch<int>>("1").isNull());
    QCOMPARE(*valueOf<Patch<int>>("1"), 1);
    QVERIFY(valueOf<Patch<int>>("null").isNull());
    const auto absent = json::decode<Box<Patch<int>>>("{}");
    QVERIFY(!absent.value().value.isPresent());
    QCOMPARE(absent->value.appliedTo(4), std::optional(4));
    QCOMPARE(Patch<int>::clear().appliedTo(4), std::nullopt);
    QCOMPARE(Patch<int>(2).appliedTo(4), std::optional(2));
    QCOMPARE(json::encode(Box<Patch<int>>{}), QByteArray("{}"));
}

void TestJsonCodec::a_value_of_the_wrong_type_is_named_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &code, const char *expected) {
        QTest::newRow(name) << code << QByteArray(expected);
    };
    row("bool", codeOf<bool>("1"), "BOOLEAN_TYPE_CONVERT");
    row("bool as text", codeOf<bool>("\"true\""), "BOOLEAN_TYPE_CONVERT");
    row("int", codeOf<int>("true"), "NUMBER_TYPE_COERCE");
    row("int with a fraction", codeOf<int>("1.5"), "NUMBER_TYPE_COERCE");
    row("int of blanks", codeOf<int>("\" 1\""), "NUMBER_TYPE_COERCE");
    row("int of nothing", codeOf<int>("\"\""), "NUMBER_TYPE_COERCE");
    row("int too great", codeOf<int>("2147483648"), "NUMBER_TYPE_COERCE");
    row("long too great", codeOf<qint64>("9223372036854775808"), "NUMBER_TYPE_COERCE");
    row("double", codeOf<double>("\"1\""), "NUMBER_TYPE_COERCE");
    row("text", codeOf<QString>("1"), "STRING_TYPE_CONVERT");
    row("text of an object", codeOf<QString>("{}"), "STRING_TYPE_CONVERT");
    row("time", codeOf<Timestamp>("\"yesterday\""), "DATE_TIME_TYPE_PARSE");
    row("time as number", codeOf<Timestamp>("5"), "DATE_TIME_TYPE_PARSE");
    row("list", codeOf<std::vector<int>>("{}"), "LIST_TYPE_CONVERT");
    row("object", codeOf<Inner>("[]"), "DICT_TYPE_CONVERT");
    row("enum", codeOf<Kind>("\"two\""), "NUMBER_TYPE_COERCE");
    row("rights", codeOf<Permissions>("-1"), "NUMBER_TYPE_COERCE");
    row("rights in words", codeOf<Permissions>("\"all\""), "NUMBER_TYPE_COERCE");
    row("nonce", codeOf<StringOrInt>("1.5"), "STRING_TYPE_CONVERT");
    row("int as text is one", codeOf<int>("\"12\""), "");
    row("int with an empty fraction is one", codeOf<int>("12.0"), "");
}

void TestJsonCodec::a_value_of_the_wrong_type_is_named()
{
    QFETCH(const QByteArray, code);
    QFETCH(const QByteArray, expected);
    QCOMPARE(code, expected);
}

void TestJsonCodec::mistakes_are_where_they_are()
{
    const auto read = json::decode<CreateMessage>(
        R"({"content":5,"embeds":[{"title":"a"},{"fields":[{"name":"n"},{"name":1,"value":"v"}]}]})");
    QVERIFY(!read);
    QStringList places;
    for (const FieldError &field : read.error().fields)
        places.append(field.path.join(u'.') + u' ' + QString::fromLatin1(field.code));
    QCOMPARE(places,
             (QStringList{u"content STRING_TYPE_CONVERT"_s,
                          u"embeds.1.fields.0.value BASE_TYPE_REQUIRED"_s,
                          u"embeds.1.fields.1.name STRING_TYPE_CONVERT"_s}));
}

void TestJsonCodec::only_some_of_very_many_mistakes_are_told()
{
    const QByteArray list = '[' + QByteArray("1,").repeated(50000) + "1]";
    const auto read = json::decode<std::vector<QString>>(QByteArrayView(list));
    QVERIFY(!read);
    QCOMPARE(read.error().fields.size(), json::Decoder::maxErrors);
}

void TestJsonCodec::integers_are_read_up_to_their_limits()
{
    QCOMPARE(valueOf<int>("-2147483648"), std::numeric_limits<int>::min());
    QCOMPARE(valueOf<int>("2147483647"), std::numeric_limits<int>::max());
    QCOMPARE(valueOf<qint64>("-9223372036854775808"), std::numeric_limits<qint64>::min());
    QCOMPARE(valueOf<qint64>("\"9223372036854775807\""), std::numeric_limits<qint64>::max());
}

void TestJsonCodec::snowflakes_are_read_as_text_and_number_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint64>("id");
    QTest::addColumn<bool>("taken");
    QTest::newRow("text") << "\"175928847299117063\""_ba << quint64(175928847299117063) << true;
    QTest::newRow("number") << "175928847299117063"_ba << quint64(175928847299117063) << true;
    QTest::newRow("greatest") << "9223372036854775807"_ba << quint64(INT64_MAX) << true;
    QTest::newRow("zero") << "\"0\""_ba << quint64(0) << true;
    QTest::newRow("too great") << "9223372036854775808"_ba << quint64(0) << false;
    QTest::newRow("too great as text") << "\"9223372036854775808\""_ba << quint64(0) << false;
    QTest::newRow("leading zero") << "\"012\""_ba << quint64(0) << false;
    QTest::newRow("signed") << "\"+12\""_ba << quint64(0) << false;
    QTest::newRow("negative") << "-12"_ba << quint64(0) << false;
    QTest::newRow("blank") << "\" 12\""_ba << quint64(0) << false;
    QTest::newRow("empty") << "\"\""_ba << quint64(0) << false;
    QTest::newRow("fraction") << "12.0"_ba << quint64(0) << false;
    QTest::newRow("exponent") << "1e3"_ba << quint64(0) << false;
    QTest::newRow("a word") << "\"me\""_ba << quint64(0) << false;
    QTest::newRow("a bool") << "true"_ba << quint64(0) << false;
}

void TestJsonCodec::snowflakes_are_read_as_text_and_number()
{
    QFETCH(const QByteArray, text);
    QFETCH(const quint64, id);
    QFETCH(const bool, taken);
    QCOMPARE(codeOf<ChannelId>(text), taken ? QByteArray() : QByteArray("NUMBER_TYPE_COERCE"));
    if (taken)
        QCOMPARE(valueOf<ChannelId>(text), ChannelId(id));
}

void TestJsonCodec::permissions_are_read_as_text_and_number()
{
    QCOMPARE(valueOf<Permissions>("\"2048\""), Permissions(Permission::SendMessages));
    QCOMPARE(valueOf<Permissions>("2048"), Permissions(Permission::SendMessages));
    // Unknown bits are dropped, wherever they are.
    QCOMPARE(valueOf<Permissions>("18446744073709551615"), Permissions::all());
    QCOMPARE(json::encode(Permissions::all()), QByteArray("\"8866461766385663\""));
}

void TestJsonCodec::nul_is_removed_everywhere()
{
    QCOMPARE(valueOf<QString>(R"("a\u0000b\u0000")"), u"ab"_s);
    QCOMPARE(valueOf<StringOrInt>(R"("a\u0000b")").text, QByteArray("ab"));
    QCOMPARE(valueOf<RawJson>(R"({"k\u0000ey":["\u0000",{"x":"y\u0000"}]})").text,
             QByteArray(R"({"key":["",{"x":"y"}]})"));
}

void TestJsonCodec::a_nonce_comes_back_as_what_it_was()
{
    for (const QByteArray &nonce :
         {"12"_ba, "-3"_ba, "\"12\""_ba, "18446744073709551615"_ba, "\"a\\\"b\""_ba})
        QCOMPARE(json::encode(valueOf<StringOrInt>(nonce)), nonce);
}

void TestJsonCodec::a_query_is_text_and_one_may_be_a_list()
{
    using Lists = Box<std::vector<int>>;
    const auto read = [](const char *query) {
        const auto object = json::queryToObject(query);
        return json::decode<Lists>(object, json::Decoder::Source::Query);
    };
    QCOMPARE(read("v=1").value().value, std::vector<int>{1});
    QCOMPARE(read("v=1&v=2").value().value, (std::vector<int>{1, 2}));
    QVERIFY(!read("v=x"));
    QCOMPARE(codeOf<std::vector<int>>("\"1\""), QByteArray("LIST_TYPE_CONVERT"));
}

void TestJsonCodec::booleans_of_a_query_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("value");
    for (const char *text : {"true", "TRUE", "True", "1"})
        QTest::newRow(text) << QByteArray(text) << 1;
    for (const char *text : {"false", "FALSE", "0"})
        QTest::newRow(text) << QByteArray(text) << 0;
    for (const char *text : {"yes", "2", "", "tru"})
        QTest::newRow(text) << QByteArray(text) << -1;
}

void TestJsonCodec::booleans_of_a_query()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, value);
    const auto object = json::queryToObject("v=" + text);
    const auto read = json::decode<Box<bool>>(object, json::Decoder::Source::Query);
    QCOMPARE(read ? int(read->value) : -1, value);
}

void TestJsonCodec::unknown_keys_are_ignored()
{
    const auto read = json::decode<Inner>(R"({"number":1,"more":{"number":"x"},"x":null})");
    QVERIFY(read);
    QCOMPARE(read->number, 1);
}

QTEST_APPLESS_MAIN(TestJsonCodec)
#include "tst_json_codec.moc"
