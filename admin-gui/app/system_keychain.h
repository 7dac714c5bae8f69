// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/keychain.h"

namespace guildhall::console {

/// The desktop's keychain through QtKeychain. Never falls back to a plain file.
class SystemKeychain : public Keychain {
public:
    QFuture<KeychainReply> read(const QString &key) override;
    QFuture<KeychainReply> write(const QString &key, const Secret<QString> &value) override;
    QFuture<KeychainReply> remove(const QString &key) override;
};

} // namespace guildhall::console
