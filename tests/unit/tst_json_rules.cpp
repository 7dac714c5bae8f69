// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/codec.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

struct Ruled {
    std::optional<QString> name;
    std::optional<QString> note;
    std::optional<QString> exact;
    std::optional<int> count;
    std::optional<int> choice;
    std::optional<std::vector<int>> list;
    Patch<QString> patched;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("name", &Ruled::name, Trimmed{}, Length{2, 5}),
                      field("note", &Ruled::note, Length{0, 3}),
                      field("exact", &Ruled::exact, Length{1, 3}),
                      field("count", &Ruled::count, Range{1, 10}),
                      field("choice", &Ruled::choice, OneOf{{60, 300}}),
                      field("list", &Ruled::list, Items{1, 3}),
                      field("patched", &Ruled::patched, Trimmed{}, Length{0, 3}));
    }
};

} // namespace

/// Rules behind a field's name. Lengths are code points after trimming. @source api.md 1.1
class TestJsonRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_rule_holds_or_names_its_code_data();
    void a_rule_holds_or_names_its_code();
    void what_is_trimmed_stays_trimmed();
    void a_null_patch_breaks_no_rule();
    void a_wrong_type_is_reported_once();
    void a_list_that_is_too_long_is_not_read();
};

void TestJsonRules::a_rule_holds_or_names_its_code_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const QByteArray &body, const char *code) {
        QTest::newRow(name) << body << QByteArray(code);
    };
    row("shortest", R"({"name":"ab"})", "");
    row("longest", R"({"name":"abcde"})", "");
    row("too short", R"({"name":"a"})", "BASE_TYPE_BAD_LENGTH");
    row("too short when trimmed", R"({"name":"  a  "})", "BASE_TYPE_BAD_LENGTH");
    row("long enough only with blanks", R"({"name":"  abcde  "})", "");
    row("too long", R"({"name":"abcdef"})", "BASE_TYPE_BAD_LENGTH");
    row("emoji count once", "{\"name\":\"😀😀😀😀😀\"}", "");
    row("emoji too many", "{\"name\":\"😀😀😀😀😀😀\"}", "BASE_TYPE_BAD_LENGTH");
    row("no minimum: empty", R"({"note":""})", "");
    row("no minimum: too long", R"({"note":"abcd"})", "BASE_TYPE_MAX_LENGTH");
    row("not trimmed", R"({"note":"a  b"})", "BASE_TYPE_MAX_LENGTH");
    row("empty where something must be", R"({"exact":""})", "BASE_TYPE_BAD_LENGTH");
    row("least", R"({"count":1})", "");
    row("most", R"({"count":10})", "");
    row("too little", R"({"count":0})", "NUMBER_TYPE_MIN");
    row("too much", R"({"count":11})", "NUMBER_TYPE_MAX");
    row("a choice", R"({"choice":300})", "");
    row("no choice", R"({"choice":61})", "BASE_TYPE_CHOICES");
    row("list", R"({"list":[1,2,3]})", "");
    row("empty list", R"({"list":[]})", "BASE_TYPE_BAD_LENGTH");
    row("long list", R"({"list":[1,2,3,4]})", "BASE_TYPE_BAD_LENGTH");
    row("patch", R"({"patched":"abcd"})", "BASE_TYPE_MAX_LENGTH");
}

void TestJsonRules::a_rule_holds_or_names_its_code()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, code);
    const auto read = json::decode<Ruled>(QByteArrayView(body));
    QCOMPARE(read.has_value(), code.isEmpty());
    if (!read) {
        QCOMPARE(read.error().fields.size(), size_t(1));
        QCOMPARE(read.error().fields.front().code, code);
    }
}

void TestJsonRules::what_is_trimmed_stays_trimmed()
{
    const auto read = json::decode<Ruled>("{\"name\":\"\\t ab\xC2\xA0\",\"patched\":\" x \"}");
    QVERIFY(read);
    QCOMPARE(*read->name, u"ab"_s);
    QCOMPARE(*read->patched, u"x"_s);
}

void TestJsonRules::a_null_patch_breaks_no_rule()
{
    const auto read = json::decode<Ruled>(R"({"patched":null})");
    QVERIFY(read);
    QVERIFY(read->patched.isNull());
}

void TestJsonRules::a_wrong_type_is_reported_once()
{
    const auto read = json::decode<Ruled>(R"({"name":1,"count":"x","list":[1,"x"]})");
    QVERIFY(!read);
    QCOMPARE(read.error().fields.size(), size_t(3));
}

void TestJsonRules::a_list_that_is_too_long_is_not_read()
{
    // Its entries would be a mistake each.
    const QByteArray body = "{\"list\":[" + QByteArray("\"x\",").repeated(1000) + "1]}";
    const auto read = json::decode<Ruled>(QByteArrayView(body));
    QVERIFY(!read);
    QCOMPARE(read.error().fields.size(), size_t(1));
    QCOMPARE(read.error().fields.front().path, QStringList{u"list"_s});
}

QTEST_APPLESS_MAIN(TestJsonRules)
#include "tst_json_rules.moc"
