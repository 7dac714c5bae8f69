// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace guildhall {

/// argon2id. Every function but needsRehash() takes tens of milliseconds and the memory of Cost: it
/// belongs on the heavy pool, never in an event loop.
/// @thread any
class PasswordHash {
public:
    /// The default is the smallest that OWASP's password storage cheat sheet accepts for one lane:
    /// a flood of sign-ins then costs two heavy workers 38 MiB, not the machine.
    struct Cost {
        unsigned long long passes = 2;
        size_t memoryBytes = 19 * 1024 * 1024;
    };

    explicit PasswordHash(Cost cost);
    PasswordHash()
        : PasswordHash(Cost())
    { }

    /// A new salted hash, ASCII, at most 127 characters. Compatibility forms are folded (NFKC), so
    /// that two keyboards' spellings of one password agree. Throws Fault when memory is short.
    QByteArray hash(const QString &password) const;

    /// Whether `password` is the one of `stored`; false also when `stored` is no hash of ours.
    bool verify(const QString &password, const QByteArray &stored) const;

    /// Takes the time of verify(), for a sign-in to an account that does not exist.
    void verifyNobody(const QString &password) const;

    /// Whether `stored` was made with another cost; after a successful sign-in it is then replaced.
    bool needsRehash(const QByteArray &stored) const;

private:
    const Cost m_cost;
};

} // namespace guildhall
