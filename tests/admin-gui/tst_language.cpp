// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/language.h"
#include "admin-gui/models/time_text.h"
#include "admin-gui/widgets/draft_bar.h"

#include <QDateTime>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// English plurals, and that no text with a number was forgotten.
class TestLanguage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void numbers_agree_with_their_nouns();
    void every_text_with_a_number_has_its_plural();
};

void TestLanguage::initTestCase()
{
    installLanguage();
}

void TestLanguage::numbers_agree_with_their_nouns()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    constexpr qint64 hourMs = 3600 * 1000;
    QCOMPARE(relativeTime(Timestamp{now - hourMs}), u"1 hour ago"_qs);
    QCOMPARE(relativeTime(Timestamp{now - 5 * hourMs}), u"5 hours ago"_qs);
    QCOMPARE(relativeTime(Timestamp{now - 400 * 24 * hourMs}), u"1 year ago"_qs);
    QCOMPARE(relativeTime(Timestamp{now + 2000}), u"just now"_qs); // clocks differ a little
    DraftBar bar;
    bar.setChanges(1);
    QCOMPARE(bar.text(), u"1 change not applied yet"_qs);
    bar.setChanges(3);
    QCOMPARE(bar.text(), u"3 changes not applied yet"_qs);
}

void TestLanguage::every_text_with_a_number_has_its_plural()
{
    const QString root = QStringLiteral(GUILDHALL_SOURCE_DIR);
    QFile file(root + u"/resources/translations/console_en.ts"_qs);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString known = QString::fromUtf8(file.readAll());
    static const QRegularExpression text(u"\"([^\"]*%n[^\"]*)\""_qs);
    int found = 0;
    QDirIterator files(root + u"/admin-gui"_qs, {u"*.cpp"_qs}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile source(files.next());
        QVERIFY(source.open(QIODevice::ReadOnly));
        auto match = text.globalMatch(QString::fromUtf8(source.readAll()));
        while (match.hasNext()) {
            const QString wanted = match.next().captured(1);
            ++found;
            QVERIFY2(known.contains(u"<source>"_qs + wanted + u"</source>"_qs), qPrintable(wanted));
        }
    }
    QVERIFY(found > 10);
}

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
