// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/mention_parser.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

/// "1 2 | &3 | everyone"
QString shown(const MentionsInText &found)
{
    QStringList parts;
    for (const UserId id : found.users)
        parts.append(id.toString());
    for (const RoleId id : found.roles)
        parts.append(u'&' + id.toString());
    if (found.everyone)
        parts.append(u"everyone"_s);
    return parts.join(u' ');
}

} // namespace

/// @source api.md 6.6, "Mention rules"
class TestMentionParser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_text_mentions_whom_it_names_data();
    void a_text_mentions_whom_it_names();
    void a_text_of_openings_is_read();
};

void TestMentionParser::a_text_mentions_whom_it_names_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("mentions");
    const auto row = [](const char *name, const QString &text, const QString &mentions) {
        QTest::newRow(name) << text << mentions;
    };
    row("nothing", u"hello <b> @ann"_s, u""_s);
    row("empty", u""_s, u""_s);
    row("a person", u"hi <@1>!"_s, u"1"_s);
    row("a nickname", u"<@!1>"_s, u"1"_s);
    row("a role", u"<@&3>"_s, u"&3"_s);
    row("several", u"<@2> <@&3><@!1>"_s, u"2 1 &3"_s);
    row("twice is once", u"<@1> <@!1> <@1>"_s, u"1"_s);
    row("the greatest id", u"<@&9223372036854775807>"_s, u"&9223372036854775807"_s);
    row("beyond it", u"<@9223372036854775808>"_s, u""_s);
    row("zero", u"<@0>"_s, u""_s);
    row("leading zero", u"<@01>"_s, u""_s);
    row("a blank", u"<@ 1>"_s, u""_s);
    row("other digits", u"<@\u0661>"_s, u""_s);
    row("not closed", u"<@1"_s, u""_s);
    row("nothing in it", u"<@> <@!> <@&>"_s, u""_s);
    row("both marks", u"<@!&1>"_s, u""_s);
    row("one in another", u"<@<@1>>"_s, u"1"_s);
    row("everyone", u"hey @everyone!"_s, u"everyone"_s);
    row("here", u"@here"_s, u"everyone"_s);
    row("not everybody", u"@every @her"_s, u""_s);
    row("in code", u"`<@1>` <@2>"_s, u"2"_s);
    row("in a block", u"```\n<@1> @everyone\n``` <@2>"_s, u"2"_s);
    row("in two backticks", u"``a ` <@1>`` <@2>"_s, u"2"_s);
    row("a backtick that opens nothing", u"` <@1>"_s, u"1"_s);
    row("a block that is never closed", u"``` <@1> ``"_s, u"1"_s);
    row("code, text, code", u"`a`<@1>`b`"_s, u"1"_s);
    row("a backtick in a mention", u"<@1`> `<@2>"_s, u"2"_s);
}

void TestMentionParser::a_text_mentions_whom_it_names()
{
    QFETCH(const QString, text);
    QFETCH(const QString, mentions);
    QCOMPARE(shown(parseMentions(text)), mentions);
}

void TestMentionParser::a_text_of_openings_is_read()
{
    const QString text = u"<@"_s.repeated(1000);
    QCOMPARE(shown(parseMentions(text)), QString());
    QCOMPARE(shown(parseMentions(QString(text + u"1>"_s))), u"1"_s);
}

QTEST_APPLESS_MAIN(TestMentionParser)
#include "tst_mention_parser.moc"
