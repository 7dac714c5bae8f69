// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/network_transport.h"
#include "admin-gui/api/web_socket_transport.h"
#include "admin-gui/app/language.h"
#include "admin-gui/app/main_window.h"
#include "admin-gui/app/session.h"
#include "admin-gui/app/settings.h"
#include "admin-gui/app/system_keychain.h"
#include "admin-gui/widgets/theme.h"

#include <QApplication>
#include <QCommandLineParser>

using namespace guildhall::console;

namespace {

void describe(QCommandLineParser &parser)
{
    QCoreApplication::setApplicationName(QStringLiteral("guildhall-admin"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GUILDHALL_VERSION));
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Looks after the guilds of a Guildhall server."));
    parser.addHelpOption();
    parser.addVersionOption();
    // Qt's own options, such as -reverse, are words and no rows of letters.
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
}

/// --help and --version are asked for where no display is, too: by scripts, or over ssh.
void answerWithoutDisplay(QCommandLineParser &parser, int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    parser.parse(arguments); // what is unknown may be Qt's, and is judged later
    if (!parser.isSet(QStringLiteral("version")) && !parser.isSet(QStringLiteral("help")))
        return;
    const QCoreApplication application(argc, argv);
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    parser.showHelp();
}

} // namespace

int main(int argc, char *argv[])
{
    QCommandLineParser parser;
    describe(parser);
    answerWithoutDisplay(parser, argc, argv);

    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Guildhall Console"));
    QApplication::setOrganizationName(QStringLiteral("guildhall"));
    QApplication::setDesktopFileName(QStringLiteral("guildhall-admin"));

    parser.process(application);

    installLanguage();
    Theme theme;
    Settings settings;
    NetworkTransport network;
    SystemKeychain keychain;
    Session session(network, std::make_unique<WebSocketTransport>(), keychain, settings);
    MainWindow window(session, settings);
    window.show();
    window.begin();
    return QApplication::exec();
}
