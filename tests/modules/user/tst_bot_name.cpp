// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/user/bot_name.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

class TestBotName : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void it_is_made_of_the_display_name_data();
    void it_is_made_of_the_display_name();
    void a_number_fits_behind_it();
};

void TestBotName::it_is_made_of_the_display_name_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("name");
    QTest::newRow("as it is") << u"robot.2_x"_s << u"robot.2_x"_s;
    QTest::newRow("capitals") << u"RoBot"_s << u"robot"_s;
    QTest::newRow("blanks and marks") << u" My  Bot! "_s << u"my_bot"_s;
    QTest::newRow("accents") << u"Ärger Façade"_s << u"arger_facade"_s;
    QTest::newRow("nothing usable") << u"🤖"_s << u"bot"_s;
    QTest::newRow("one letter") << u"x"_s << u"botx"_s;
    QTest::newRow("of a deleted account") << u"deleted_user_7"_s << u"bot_deleted_user_7"_s;
    QTest::newRow("long") << QString(100, u'a') << QString(32, u'a');
    QTest::newRow("cut at a blank") << QString(31, u'a') + u" b"_s << QString(31, u'a');
}

void TestBotName::it_is_made_of_the_display_name()
{
    QFETCH(QString, wanted);
    QFETCH(QString, name);
    QCOMPARE(botName(wanted), name);
}

void TestBotName::a_number_fits_behind_it()
{
    QCOMPARE(botName(u"robot"_s, 7), u"robot7"_s);
    QCOMPARE(botName(QString(100, u'a'), 999'999), QString(26, u'a') + u"999999"_s);
}

QTEST_APPLESS_MAIN(TestBotName)
#include "tst_bot_name.moc"
