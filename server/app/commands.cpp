// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/commands.h"

#include "server/app/config_loader.h"
#include "server/app/config_text.h"
#include "server/app/create_admin.h"
#include "server/app/database_home.h"
#include "server/app/print.h"
#include "server/app/routes_page.h"
#include "server/app/run.h"
#include "server/infrastructure/fault.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/logging/log_sink.h"

#include <QCommandLineParser>

namespace guildhall {

namespace {

const char *const usage = R"(guildhalld run                 serves until SIGTERM
guildhalld migrate             brings the database to this version's schema
guildhalld check-config        says what is wrong with the configuration
guildhalld config show         prints every setting and where it comes from
guildhalld config sample       prints a file with every setting and its default
guildhalld create-admin --username NAME --email ADDRESS
                               makes an administrator; the password is read from standard input
guildhalld routes              prints every route
guildhalld version             prints the version
All take --config FILE instead of the .env of the working folder.)";

std::optional<LoadedConfig> configOrMistakes(const QString &file)
{
    const auto sources = processConfigSources(file);
    if (!sources) {
        printError(sources.error().toString());
        return std::nullopt;
    }
    auto loaded = loadConfig(*sources);
    if (!loaded) {
        for (const ConfigMistake &mistake : loaded.error())
            printError(mistake.toString());
        return std::nullopt;
    }
    return std::move(*loaded);
}

/// Commands that need a configuration.
int runConfigured(const QString &command, const QCommandLineParser &options,
                  const LoadedConfig &loaded)
{
    const Config &config = loaded.config;
    if (command == QLatin1String("check-config")) {
        for (const QString &warning : configWarnings(loaded))
            printError(warning);
        print(QStringLiteral("The configuration is sound."));
        return exitCode::ok;
    }
    if (command == QLatin1String("config show")) {
        print(QString::fromUtf8(configShown(loaded).trimmed()));
        return exitCode::ok;
    }
    LogSink sink(config.log.format.value_or(LogSink::fittingFormat()));
    applyLogLevels(config.log.level, config.log.rules);
    for (const QString &warning : configWarnings(loaded))
        qCWarning(lcApp).noquote() << warning;
    if (command == QLatin1String("run"))
        return serve(config);
    if (command == QLatin1String("migrate")) {
        const DatabaseHome home(config, DatabaseHome::Schema::BroughtUpToDate);
        print(QStringLiteral("The database is up to date."));
        return exitCode::ok;
    }
    if (command == QLatin1String("create-admin")) {
        return createAdmin(config, options.value(QStringLiteral("username")),
                           options.value(QStringLiteral("email")));
    }
    return exitCode::usage;
}

} // namespace

int runCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("config"), {}, QStringLiteral("file")},
                       {QStringLiteral("username"), {}, QStringLiteral("name")},
                       {QStringLiteral("email"), {}, QStringLiteral("address")},
                       {QStringLiteral("help"), {}},
                       {QStringLiteral("version"), {}}});
    const bool understood = parser.parse(arguments);
    const QString command = parser.isSet(QStringLiteral("version"))
        ? QStringLiteral("version")
        : parser.positionalArguments().join(u' ');
    const QStringList known{QStringLiteral("run"), QStringLiteral("migrate"),
                            QStringLiteral("check-config"), QStringLiteral("config show"),
                            QStringLiteral("create-admin")};
    if (parser.isSet(QStringLiteral("help"))) {
        print(QString::fromLatin1(usage));
        return exitCode::ok;
    }
    if (command == QLatin1String("version")) {
        print(QStringLiteral("guildhalld " GUILDHALL_VERSION));
        return exitCode::ok;
    }
    if (command == QLatin1String("config sample")) {
        print(QString::fromUtf8(configSample().trimmed()));
        return exitCode::ok;
    }
    if (command == QLatin1String("routes")) {
        print(QString::fromUtf8(routesPage()));
        return exitCode::ok;
    }
    if (!understood || !known.contains(command)) {
        if (!understood)
            printError(parser.errorText());
        else if (!command.isEmpty())
            printError(QStringLiteral("There is no command \"%1\".").arg(command));
        printError(QString::fromLatin1(usage));
        return exitCode::usage;
    }
    const auto loaded = configOrMistakes(parser.value(QStringLiteral("config")));
    if (!loaded)
        return exitCode::config;
    try {
        return runConfigured(command, parser, *loaded);
    } catch (const Fault &fault) {
        printError(QString::fromUtf8(fault.what()));
        return exitCode::failed;
    }
}

} // namespace guildhall
