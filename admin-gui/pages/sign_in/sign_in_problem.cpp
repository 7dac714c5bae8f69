// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/sign_in/sign_in_problem.h"

#include "admin-gui/app/server_address.h"

#include <QCoreApplication>

namespace guildhall::console {

namespace {

struct Translated {
    Q_DECLARE_TR_FUNCTIONS(SignInProblem)
};

QString plainForm(QUrl server)
{
    server.setScheme(QStringLiteral("http"));
    return serverText(server);
}

} // namespace

QString addressProblem(const CallError &error, const QUrl &server)
{
    const QString address = serverText(server);
    switch (error.noAnswer) {
    case NoAnswer::Refused:
        return Translated::tr("Nothing answers at %1: the connection was refused. Is the address "
                              "right, and is the server running?")
            .arg(address);
    case NoAnswer::UnknownHost:
        return Translated::tr("There is no computer called “%1”.").arg(server.host());
    case NoAnswer::PlainHttp:
        return Translated::tr("The server at %1 speaks plain http there, without encryption. To "
                              "use it like that, write %2.")
            .arg(address, plainForm(server));
    case NoAnswer::TooLate:
        return Translated::tr("%1 did not answer in time. Is the address right?").arg(address);
    case NoAnswer::Other:
        break;
    }
    // A proxy in front of a server that is down answers with a page of its own, and 5xx.
    if (!error.foreign || error.status >= 500)
        return {};
    return Translated::tr("What answers at %1 is no Guildhall server. Is the address right?")
        .arg(address);
}

} // namespace guildhall::console
