// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QPixmapCache>
#include <QSettings>
#include <QStyleFactory>

#include <algorithm>

// Outside of any namespace, as the macro wants it. The resources of a static library are linked
// only when somebody asks for them.
static void initResources()
{
    Q_INIT_RESOURCE(admin);
}

namespace guildhall::console {

namespace {

Theme *theTheme = nullptr;

QString schemeName(Theme::Scheme scheme)
{
    return scheme == Theme::Scheme::Dark ? QStringLiteral("dark") : QStringLiteral("light");
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
{
    theTheme = this;
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
}

Theme::~Theme()
{
    theTheme = nullptr;
}

Theme *Theme::current()
{
    return theTheme;
}

QHash<QString, QColor> Theme::colorsOf(Scheme scheme)
{
    initResources();
    QSettings file(QStringLiteral(":/console/themes/%1.ini").arg(schemeName(scheme)),
                   QSettings::IniFormat);
    file.beginGroup(QStringLiteral("Colors"));
    QHash<QString, QColor> colors;
    for (const QString &key : file.childKeys())
        colors.insert(key, QColor(file.value(key).toString()));
    return colors;
}

void Theme::apply(Scheme scheme)
{
    m_scheme = scheme;
    m_colors = colorsOf(scheme);
    QPixmapCache::clear(); // of icons in the other scheme's colours
    QApplication::setPalette(palette());
    qApp->setStyleSheet(styleSheet());
    Q_EMIT changed();
}

QColor Theme::color(const QString &name) const
{
    Q_ASSERT(m_colors.isEmpty() || m_colors.contains(name));
    return m_colors.value(name, QApplication::palette().color(QPalette::Text));
}

QPalette Theme::palette() const
{
    const auto color = [this](const char *name) {
        return m_colors.value(QLatin1String(name));
    };
    QPalette out;
    out.setColor(QPalette::Window, color("window"));
    out.setColor(QPalette::WindowText, color("text"));
    out.setColor(QPalette::Base, color("base"));
    out.setColor(QPalette::AlternateBase, color("alternate"));
    out.setColor(QPalette::Text, color("text"));
    out.setColor(QPalette::PlaceholderText, color("muted"));
    out.setColor(QPalette::Button, color("window"));
    out.setColor(QPalette::ButtonText, color("text"));
    out.setColor(QPalette::ToolTipBase, color("base"));
    out.setColor(QPalette::ToolTipText, color("text"));
    out.setColor(QPalette::Highlight, color("selection"));
    out.setColor(QPalette::HighlightedText, color("onSelection"));
    out.setColor(QPalette::Link, color("accent"));
    out.setColor(QPalette::LinkVisited, color("accent"));
    out.setColor(QPalette::BrightText, color("danger"));
    out.setColor(QPalette::Mid, color("border"));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        out.setColor(QPalette::Disabled, role, color("muted"));
    return out;
}

QString Theme::styleSheet() const
{
    QFile file(QStringLiteral(":/console/themes/console.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    sheet.replace(QStringLiteral("@scheme"), schemeName(m_scheme));
    QStringList names = m_colors.keys();
    // Longer names first, so that @accentHover is not read as @accent with a tail.
    std::sort(names.begin(), names.end(),
              [](const QString &a, const QString &b) { return a.size() > b.size(); });
    for (const QString &name : std::as_const(names))
        sheet.replace(u'@' + name, m_colors.value(name).name());
    return sheet;
}

QColor themeColor(const QString &name)
{
    return theTheme != nullptr ? theTheme->color(name)
                               : QApplication::palette().color(QPalette::Text);
}

} // namespace guildhall::console
