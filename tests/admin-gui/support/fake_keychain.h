// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/keychain.h"

#include <QHash>

namespace guildhall::console {

/// A keychain in memory, or one that is not there.
class FakeKeychain : public Keychain {
public:
    QFuture<KeychainReply> read(const QString &key) override
    {
        KeychainReply reply = usual();
        if (available && !entries.contains(key))
            reply.outcome = KeychainReply::Outcome::NotFound;
        reply.value = Secret<QString>(entries.value(key));
        return QtFuture::makeReadyFuture(reply);
    }
    QFuture<KeychainReply> write(const QString &key, const Secret<QString> &value) override
    {
        if (available)
            entries.insert(key, value.reveal());
        return QtFuture::makeReadyFuture(usual());
    }
    QFuture<KeychainReply> remove(const QString &key) override
    {
        if (available)
            entries.remove(key);
        return QtFuture::makeReadyFuture(usual());
    }

    bool available = true;
    QHash<QString, QString> entries;

private:
    KeychainReply usual() const
    {
        KeychainReply reply;
        if (!available) {
            reply.outcome = KeychainReply::Outcome::Unavailable;
            reply.problem = QStringLiteral("no keychain");
        }
        return reply;
    }
};

} // namespace guildhall::console
