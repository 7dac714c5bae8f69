// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/timestamp.h"
#include "shared/json/codec.h"

#include <QtTest>

#include <cmath>

using namespace guildhall;
using namespace Qt::StringLiterals;

/// What goes out: JSON that any parser reads back as it was, and times that sort. @source api.md 1
class TestJsonWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void commas_stand_between_values_and_nowhere_else();
    void every_character_comes_back();
    void control_characters_are_escaped();
    void a_long_text_grows_the_buffer_data();
    void a_long_text_grows_the_buffer();
    void numbers_are_written_in_full_data();
    void numbers_are_written_in_full();
    void fractions_stay_fractions_data();
    void fractions_stay_fractions();
    void a_foreign_key_is_escaped();
    void times_are_written_with_microseconds_data();
    void times_are_written_with_microseconds();
};

void TestJsonWriter::commas_stand_between_values_and_nowhere_else()
{
    json::Writer out;
    out.beginObject();
    out.key("a");
    out.beginArray();
    out.endArray();
    out.key("b");
    out.beginObject();
    out.endObject();
    out.key("c");
    out.beginArray();
    out.value(true);
    out.null();
    out.beginArray();
    out.value(qint64(1));
    out.endArray();
    out.numberAsString(2);
    out.raw(R"({"x":1})");
    out.beginObject();
    out.key("d");
    out.value(u"e"_s);
    out.endObject();
    out.endArray();
    out.endObject();
    QCOMPARE(out.take(),
             QByteArray(R"({"a":[],"b":{},"c":[true,null,[1],"2",{"x":1},{"d":"e"}]})"));
}

void TestJsonWriter::every_character_comes_back()
{
    QString all;
    for (char32_t c = 1; c < 0x11000; c += c < 0x800 ? 1 : 37) {
        if (c < 0xD800 || c > 0xDFFF)
            all += QString::fromUcs4(&c, 1);
    }
    const QByteArray text = json::encode(all);
    QCOMPARE(json::decode<QString>(text).value(), all);
}

void TestJsonWriter::control_characters_are_escaped()
{
    QCOMPARE(json::encode(u"\"\\/\b\f\n\r\t\u0001\u001f\u007f"_s),
             QByteArray("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\x7f\""));
}

void TestJsonWriter::a_long_text_grows_the_buffer_data()
{
    QTest::addColumn<QString>("unit");
    QTest::newRow("plain") << u"a"_s;
    QTest::newRow("escaped short") << u"\n"_s;
    QTest::newRow("escaped long") << u"\u0001"_s;
    QTest::newRow("three bytes") << u"日"_s;
}

void TestJsonWriter::a_long_text_grows_the_buffer()
{
    QFETCH(const QString, unit);
    for (const int length : {0, 1, 168, 169, 170, 341, 1023, 1024, 4095, 4096, 4097, 100'000}) {
        const std::vector<QString> list(3, unit.repeated(length));
        const auto read = json::decode<std::vector<QString>>(QByteArrayView(json::encode(list)));
        QVERIFY2(read && *read == list, qPrintable(QString::number(length)));
    }
}

void TestJsonWriter::numbers_are_written_in_full_data()
{
    QTest::addColumn<qint64>("number");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("zero") << qint64(0) << "0"_ba;
    QTest::newRow("least") << std::numeric_limits<qint64>::min() << "-9223372036854775808"_ba;
    QTest::newRow("most") << std::numeric_limits<qint64>::max() << "9223372036854775807"_ba;
}

void TestJsonWriter::numbers_are_written_in_full()
{
    QFETCH(const qint64, number);
    QFETCH(const QByteArray, text);
    QCOMPARE(json::encode(number), text);
    QCOMPARE(json::encode(UserId(~quint64(0))), QByteArray("\"18446744073709551615\""));
}

void TestJsonWriter::fractions_stay_fractions_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("half") << 0.5 << "0.5"_ba;
    QTest::newRow("whole") << 3.0 << "3.0"_ba;
    QTest::newRow("tenth") << 0.1 << "0.1"_ba;
    QTest::newRow("negative") << -2.25 << "-2.25"_ba;
    QTest::newRow("great") << 1e300 << "1e+300"_ba;
    QTest::newRow("no number") << std::nan("") << "null"_ba;
    QTest::newRow("without end") << std::numeric_limits<double>::infinity() << "null"_ba;
}

void TestJsonWriter::fractions_stay_fractions()
{
    QFETCH(const double, number);
    QFETCH(const QByteArray, text);
    QCOMPARE(json::encode(number), text);
    QVERIFY(json::parse(text));
}

void TestJsonWriter::a_foreign_key_is_escaped()
{
    json::Writer out;
    out.beginObject();
    out.foreignKey("a\"b");
    out.null();
    out.foreignKey("c");
    out.null();
    out.endObject();
    QCOMPARE(out.take(), QByteArray("{\"a\\\"b\":null,\"c\":null}"));
}

void TestJsonWriter::times_are_written_with_microseconds_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *text, qint64 ms) {
        QTest::newRow(text) << ms << QByteArray(text);
    };
    row("1970-01-01T00:00:00.000000+00:00", 0);
    row("2026-01-01T00:00:00.007000+00:00", 1767225600007);
    row("2024-02-29T23:59:59.999000+00:00", 1709251199999);
    row("1969-12-31T23:59:59.999000+00:00", -1);
    row("9999-12-31T23:59:59.999000+00:00", 253402300799999);
}

void TestJsonWriter::times_are_written_with_microseconds()
{
    QFETCH(const qint64, ms);
    QFETCH(const QByteArray, text);
    QCOMPARE(Timestamp{ms}.toIso(), text);
    QCOMPARE(Timestamp::fromIso(std::string_view(text.constData(), size_t(text.size())))->ms, ms);
}

QTEST_APPLESS_MAIN(TestJsonWriter)
#include "tst_json_writer.moc"
