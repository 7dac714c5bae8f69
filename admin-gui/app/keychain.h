// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/secret.h"

#include <QFuture>
#include <QString>

namespace guildhall::console {

struct KeychainReply {
    enum class Outcome {
        Done,
        NotFound, ///< the keychain works, and has nothing under this key
        Unavailable, ///< this computer has none, or it is not running
        Failed, ///< it is there and said no
    };
    Outcome outcome = Outcome::Done;
    Secret<QString> value; ///< of read()
    QString problem; ///< for people
};

/// Where tokens are kept between starts: the desktop's own keychain and nowhere else. An interface,
/// so that tests need no desktop.
class Keychain {
public:
    virtual ~Keychain() = default;
    virtual QFuture<KeychainReply> read(const QString &key) = 0;
    virtual QFuture<KeychainReply> write(const QString &key, const Secret<QString> &value) = 0;
    virtual QFuture<KeychainReply> remove(const QString &key) = 0;
};

} // namespace guildhall::console
