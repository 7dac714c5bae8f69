// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/system_keychain.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QPromise>
#include <qt6keychain/keychain.h>

#include <algorithm>
#include <memory>

namespace guildhall::console {

namespace {

const QString service = QStringLiteral("Guildhall Console");

struct Translated {
    Q_DECLARE_TR_FUNCTIONS(SystemKeychain)
};

/// To QtKeychain a missing keychain is an error like any other. Only asked after one: a keychain
/// that can be started has been started by then.
bool isAnyRunning()
{
    const QDBusConnectionInterface *bus = QDBusConnection::sessionBus().interface();
    const QStringList names{QStringLiteral("org.freedesktop.secrets"),
                            QStringLiteral("org.kde.kwalletd5"),
                            QStringLiteral("org.kde.kwalletd6")};
    return bus != nullptr && std::any_of(names.begin(), names.end(), [bus](const QString &name) {
               return bus->isServiceRegistered(name).value();
           });
}

KeychainReply replyOf(const QKeychain::Job &job)
{
    using Outcome = KeychainReply::Outcome;
    KeychainReply reply;
    reply.problem = job.errorString();
    switch (job.error()) {
    case QKeychain::NoError:
        reply.outcome = Outcome::Done;
        break;
    case QKeychain::EntryNotFound:
        reply.outcome = Outcome::NotFound;
        break;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        reply.outcome = Outcome::Unavailable;
        break;
    case QKeychain::OtherError:
        reply.outcome = isAnyRunning() ? Outcome::Failed : Outcome::Unavailable;
        break;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        reply.outcome = Outcome::Failed;
        break;
    }
    if (reply.outcome == Outcome::Unavailable) // what the bus says of it is not for people
        reply.problem = Translated::tr("no keychain is running on this computer");
    return reply;
}

template <typename Job>
QFuture<KeychainReply> run(Job *job, const QString &key)
{
    auto promise = std::make_shared<QPromise<KeychainReply>>();
    promise->start();
    job->setKey(key);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, job, [job, promise] {
        KeychainReply reply = replyOf(*job);
        if constexpr (std::is_same_v<Job, QKeychain::ReadPasswordJob>)
            reply.value = Secret<QString>(job->textData());
        promise->addResult(reply);
        promise->finish();
    });
    job->start(); // deletes itself when it has finished
    return promise->future();
}

} // namespace

QFuture<KeychainReply> SystemKeychain::read(const QString &key)
{
    return run(new QKeychain::ReadPasswordJob(service), key);
}

QFuture<KeychainReply> SystemKeychain::write(const QString &key, const Secret<QString> &value)
{
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setTextData(value.reveal());
    return run(job, key);
}

QFuture<KeychainReply> SystemKeychain::remove(const QString &key)
{
    return run(new QKeychain::DeletePasswordJob(service), key);
}

} // namespace guildhall::console
