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

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("guildhall-admin"));
    QApplication::setApplicationDisplayName(QStringLiteral("Guildhall Console"));
    QApplication::setOrganizationName(QStringLiteral("guildhall"));
    QApplication::setApplicationVersion(QStringLiteral(GUILDHALL_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("guildhall-admin"));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Looks after the guilds of a Guildhall server."));
    parser.addHelpOption();
    parser.addVersionOption();
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
