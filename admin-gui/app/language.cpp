// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace guildhall::console {

namespace {

bool install(const QLocale &locale, const QString &name, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(locale, name, QStringLiteral("_"), folder))
        return QCoreApplication::installTranslator(translator);
    delete translator;
    return false;
}

} // namespace

void installLanguage()
{
    const QString ours = QStringLiteral(":/console/translations");
    const QLocale locale;
    install(locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    if (!install(locale, QStringLiteral("console"), ours))
        install(QLocale(QLocale::English), QStringLiteral("console"), ours);
}

} // namespace guildhall::console
