// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/system_keychain.h"

#include <QPromise>
#include <qt6keychain/keychain.h>

#include <memory>

namespace guildhall::console {

namespace {

const QString service = QStringLiteral("Guildhall Console");

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
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
    case QKeychain::OtherError:
        reply.outcome = Outcome::Failed;
        break;
    }
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
