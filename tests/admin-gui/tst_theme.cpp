// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/theme.h"

#include <QDir>
#include <QTest>

#include <cmath>

using namespace guildhall::console;

/// The two palettes, and that nothing is drawn in colours of its own.
class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void both_schemes_name_the_same_colours();
    void text_can_be_read_on_its_ground_data();
    void text_can_be_read_on_its_ground();
    void the_style_sheet_has_no_names_left();
    void icons_follow_the_scheme();
};

namespace {

/// Relative luminance. @source WCAG 2.1
double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

void TestTheme::both_schemes_name_the_same_colours()
{
    auto light = Theme::colorsOf(Theme::Scheme::Light).keys();
    auto dark = Theme::colorsOf(Theme::Scheme::Dark).keys();
    light.sort();
    dark.sort();
    QCOMPARE(light, dark);
    QVERIFY(light.size() > 20);
    for (const QColor &color : Theme::colorsOf(Theme::Scheme::Light))
        QVERIFY(color.isValid());
}

void TestTheme::text_can_be_read_on_its_ground_data()
{
    QTest::addColumn<QString>("ink");
    QTest::addColumn<QString>("ground");
    const std::vector<std::pair<const char *, std::vector<const char *>>> pairs{
        {"text", {"window", "sidebar", "base", "alternate", "hover", "changedSoft"}},
        {"muted", {"window", "sidebar", "base", "alternate", "changedSoft"}},
        {"onSelection", {"selection"}},
        {"onAccent", {"accent", "accentHover"}},
        {"onDanger", {"danger", "dangerHover"}},
        {"onDangerSoft", {"dangerSoft"}},
        {"onWarningSoft", {"warningSoft"}},
    };
    for (const auto &[ink, grounds] : pairs) {
        for (const char *ground : grounds)
            QTest::addRow("%s on %s", ink, ground)
                << QString::fromLatin1(ink) << QString::fromLatin1(ground);
    }
}

void TestTheme::text_can_be_read_on_its_ground()
{
    QFETCH(QString, ink);
    QFETCH(QString, ground);
    for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
        const auto colors = Theme::colorsOf(scheme);
        const double ratio = contrast(colors.value(ink), colors.value(ground));
        QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
    }
    // Marks that are no text need 3:1.
    for (const QString &mark : {u"online"_qs, u"idle"_qs, u"dnd"_qs, u"offline"_qs}) {
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            const auto colors = Theme::colorsOf(scheme);
            QVERIFY(contrast(colors.value(mark), colors.value(u"base"_qs)) >= 3.0);
        }
    }
}

void TestTheme::the_style_sheet_has_no_names_left()
{
    Theme theme;
    for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
        theme.apply(scheme);
        QVERIFY(!qApp->styleSheet().isEmpty());
        // The comment at its head explains the sign.
        const QString rules = qApp->styleSheet().section(u"*/"_qs, 1);
        QVERIFY2(!rules.contains(u'@'), qPrintable(rules.mid(rules.indexOf(u'@'), 40)));
    }
}

void TestTheme::icons_follow_the_scheme()
{
    Theme theme;
    const QDir icons(u":/console/icons"_qs);
    QVERIFY(icons.entryList().size() > 10);
    for (const QString &file : icons.entryList()) {
        const QIcon icon = themedIcon(QString(file).remove(u".svg"_qs));
        theme.apply(Theme::Scheme::Light);
        const QImage light = icon.pixmap(QSize(32, 32)).toImage();
        theme.apply(Theme::Scheme::Dark);
        const QImage dark = icon.pixmap(QSize(32, 32)).toImage();
        QImage nothing(light.size(), light.format());
        nothing.fill(Qt::transparent);
        QVERIFY2(light != nothing, qPrintable(file));
        const bool follows = !file.contains(u"-light"_qs) && !file.contains(u"-dark"_qs)
            && file != u"guildhall.svg";
        QCOMPARE(light != dark, follows);
    }
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
