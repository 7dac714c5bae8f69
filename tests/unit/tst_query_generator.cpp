// SPDX-License-Identifier: GPL-3.0-or-later
// What GenerateQueries.cmake makes of .sql files: the constants of samples/queries.sql, which were
// generated when this test was built, and the sentences for files it refuses.
#include "tests/unit/samples/queries.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall;
namespace queries = guildhall::sql::samples;

class TestQueryGenerator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placeholders_are_numbered_and_casts_are_not();
    void a_name_used_twice_is_one_parameter();
    void quoted_text_and_comments_are_left_alone();
    void brackets_semicolons_and_backslashes_survive();
    void selects_and_marked_statements_are_reads();
    void a_query_without_parameters_has_none();
    void every_query_is_listed();
    void a_bad_file_is_refused_data();
    void a_bad_file_is_refused();
    void an_unchanged_file_leaves_the_header_alone();
    void migrations_are_embedded_in_order_with_their_hash();
    void bad_migrations_are_refused_data();
    void bad_migrations_are_refused();

private:
    struct Outcome {
        bool succeeded;
        QString errors;
    };
    static Outcome cmake(const QString &script, const QStringList &definitions);
    static Outcome generate(const QString &input, const QString &output);
    static void write(const QString &path, const QByteArray &content);
};

TestQueryGenerator::Outcome TestQueryGenerator::cmake(const QString &script,
                                                      const QStringList &definitions)
{
    QProcess process;
    const QString folder = QString::fromUtf8(GUILDHALL_CMAKE_FOLDER);
    process.start(QString::fromUtf8(CMAKE_PROGRAM),
                  definitions + QStringList{u"-P"_qs, folder + u'/' + script});
    const bool finished = process.waitForFinished();
    return {finished && process.exitCode() == 0,
            QString::fromUtf8(process.readAllStandardError()).simplified()};
}

TestQueryGenerator::Outcome TestQueryGenerator::generate(const QString &input,
                                                         const QString &output)
{
    return cmake(u"GenerateQueries.cmake"_qs,
                 {u"-DINPUT="_qs + input, u"-DNAMESPACE=bad"_qs, u"-DOUTPUT="_qs + output});
}

void TestQueryGenerator::write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void TestQueryGenerator::placeholders_are_numbered_and_casts_are_not()
{
    QCOMPARE(queries::insert_thing.name, "samples.insert_thing");
    QCOMPARE(
        queries::insert_thing.text,
        "INSERT INTO things (id, name, tags) VALUES ($1, $2, $3::text[]) RETURNING id::bigint");
    QCOMPARE(queries::insert_thing.parameters.size(), 3u);
    QVERIFY(queries::insert_thing.parameters[0] == ":id");
    QVERIFY(queries::insert_thing.parameters[1] == ":name");
    QVERIFY(queries::insert_thing.parameters[2] == ":tags");
}

void TestQueryGenerator::a_name_used_twice_is_one_parameter()
{
    QCOMPARE(queries::same_name.text,
             "UPDATE things SET seen = $1, changed = $1 WHERE id = $2 AND owner = $3");
    QCOMPARE(queries::same_name.parameters.size(), 3u);
}

void TestQueryGenerator::quoted_text_and_comments_are_left_alone()
{
    QCOMPARE(queries::quoted.text,
             "SELECT 'it''s :not; -- one', \"odd:column\" FROM things WHERE name = $1");
    QCOMPARE(queries::quoted.parameters.size(), 1u);
}

void TestQueryGenerator::brackets_semicolons_and_backslashes_survive()
{
    QCOMPARE(
        queries::odd_characters.text,
        R"(SELECT tags[1], a[2:3], '[;', ']', '\', data ->> 'k', data ? 'j', 4 / 2 - 1, '${x} @y@')"
        R"( FROM things WHERE name LIKE $1 ESCAPE '\')");
}

void TestQueryGenerator::selects_and_marked_statements_are_reads()
{
    QVERIFY(queries::quoted.isRead);
    QVERIFY(queries::marked_read.isRead);
    QVERIFY(!queries::insert_thing.isRead);
    QVERIFY(!queries::unmarked_with.isRead);
}

void TestQueryGenerator::a_query_without_parameters_has_none()
{
    QVERIFY(queries::marked_read.parameters.empty());
}

void TestQueryGenerator::every_query_is_listed()
{
    QCOMPARE(std::size(queries::everyQuery), 6u);
    QCOMPARE(queries::everyQuery[1], &queries::same_name);
}

void TestQueryGenerator::a_bad_file_is_refused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const char *content, const QString &sentence) {
        QTest::newRow(name) << QByteArray(content) << sentence;
    };
    row("no name", "SELECT 1;", u"no \"-- name:"_qs);
    row("statement before the first name", "SELECT 1;\n-- name: a\nSELECT 2;\n",
        u"before the first"_qs);
    row("name with blanks", "-- name: two words\nSELECT 1;\n", u"no name for a query"_qs);
    row("twice", "-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;\n", u"used twice"_qs);
    row("two statements", "-- name: a\nSELECT 1; SELECT 2;\n", u"query a: one statement"_qs);
    row("nothing", "-- name: a\n-- only a comment\n", u"there is no statement"_qs);
    row("open quote", "-- name: a\nSELECT 'x;\n", u"not closed"_qs);
    row("escape string", "-- name: a\nSELECT E'\\'';\n", u"E'' strings"_qs);
    row("numbered", "-- name: a\nSELECT $1;\n", u"write :name"_qs);
    row("block comment", "-- name: a\nSELECT /* :x */ 1;\n", u"block comments"_qs);
    row("end of the literal", "-- name: a\nSELECT ')sql\"';\n", u")sql\""_qs);
    QByteArray many("-- name: a\nSELECT ");
    for (int i = 0; i < 65; ++i)
        many.append(":p").append(QByteArray::number(i)).append("::int,");
    many.append("0;\n");
    row("too many parameters", many.constData(), u"more than 64"_qs);
}

void TestQueryGenerator::a_bad_file_is_refused()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, sentence);
    const QTemporaryDir folder;
    write(folder.filePath(u"bad.sql"_qs), content);
    const Outcome outcome = generate(folder.filePath(u"bad.sql"_qs), folder.filePath(u"bad.h"_qs));
    QVERIFY(!outcome.succeeded);
    QVERIFY2(outcome.errors.contains(sentence), qPrintable(outcome.errors));
    QVERIFY(!QFile::exists(folder.filePath(u"bad.h"_qs)));
}

void TestQueryGenerator::an_unchanged_file_leaves_the_header_alone()
{
    const QTemporaryDir folder;
    const QString input = folder.filePath(u"good.sql"_qs);
    const QString output = folder.filePath(u"good.h"_qs);
    write(input, "-- name: a\nSELECT 1;\n");
    QVERIFY(generate(input, output).succeeded);
    const QDateTime old = QDateTime::fromSecsSinceEpoch(1'000'000'000);
    QFile header(output);
    QVERIFY(header.open(QIODevice::ReadWrite));
    QVERIFY(header.setFileTime(old, QFileDevice::FileModificationTime));
    header.close();
    write(input, "-- name: a\n-- another comment\nSELECT 1;\n");
    QVERIFY(generate(input, output).succeeded);
    QCOMPARE(QFileInfo(output).lastModified(), old);
    write(input, "-- name: a\nSELECT 2;\n");
    QVERIFY(generate(input, output).succeeded);
    QVERIFY(QFileInfo(output).lastModified() != old);
}

void TestQueryGenerator::migrations_are_embedded_in_order_with_their_hash()
{
    const QTemporaryDir folder;
    const QByteArray second("CREATE TABLE b (); -- [;\\\n");
    write(folder.filePath(u"0002_b.sql"_qs), second);
    write(folder.filePath(u"0001_a.sql"_qs), "CREATE TABLE a ();\n");
    const QString output = folder.filePath(u"migrations.h"_qs);
    QVERIFY(cmake(u"EmbedMigrations.cmake"_qs,
                  {u"-DFOLDER="_qs + folder.path(), u"-DOUTPUT="_qs + output})
                .succeeded);
    QFile header(output);
    QVERIFY(header.open(QIODevice::ReadOnly));
    const QByteArray text = header.readAll();
    const QByteArray hash = QCryptographicHash::hash(second, QCryptographicHash::Sha256).toHex();
    QVERIFY(text.indexOf("0001_a") < text.indexOf("0002_b"));
    QVERIFY(text.contains("{\"0002_b\", \"" + hash + "\",\n     R\"sql(" + second + ")sql\"}"));
}

void TestQueryGenerator::bad_migrations_are_refused_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("name") << QStringList{u"1_a.sql"_qs} << u"NNNN_title.sql"_qs;
    QTest::newRow("number twice") << QStringList{u"0001_a.sql"_qs, u"0001_b.sql"_qs}
                                  << u"0001 is used twice"_qs;
}

void TestQueryGenerator::bad_migrations_are_refused()
{
    QFETCH(QStringList, files);
    QFETCH(QString, sentence);
    const QTemporaryDir folder;
    for (const QString &file : files)
        write(folder.filePath(file), "SELECT 1;\n");
    const Outcome outcome
        = cmake(u"EmbedMigrations.cmake"_qs,
                {u"-DFOLDER="_qs + folder.path(), u"-DOUTPUT="_qs + folder.filePath(u"m.h"_qs)});
    QVERIFY(!outcome.succeeded);
    QVERIFY2(outcome.errors.contains(sentence), qPrintable(outcome.errors));
}

QTEST_GUILESS_MAIN(TestQueryGenerator)
#include "tst_query_generator.moc"
