// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/route.h"
#include "server/infrastructure/runtime/clock.h"

#include <QHashFunctions>

#include <mutex>
#include <optional>
#include <unordered_map>

namespace guildhall {

class CountersBy;

/// Counts calls per account, bucket and major parameter in windows that start with the first call.
/// @thread any  @source api.md 3
class RateLimiter {
public:
    struct Settings {
        bool enabled = true; ///< false: only the sign-in buckets count
        int globalPerSecond = 50;
        int registrationsPerMinute = 60;
        const CountersBy *refusals = nullptr; ///< by bucket; outlives the limiter, may be null
    };

    RateLimiter(Settings settings, const Clock &clock);

    struct Verdict {
        bool allowed = true;
        bool global = false;
        int limit = 0;
        int remaining = 0;
        double resetAfter = 0; ///< seconds
        double resetAt = 0; ///< seconds since 1970
    };

    /// @param principal  the account, or a hash of the address when nobody is signed in
    /// @param signedIn   false: `principal` is an address
    Verdict count(const Route &route, quint64 principal, bool signedIn,
                  const std::vector<QByteArray> &parameters);

    /// Counts in the route's bucket only, for a major parameter that is not in the path.
    Verdict countInBucket(const Route &route, quint64 principal, bool signedIn, quint64 major);
    /// Counts against the limit over all buckets only: a call of no route, or one of a stranger.
    Verdict countGlobally(quint64 principal, bool signedIn);
    /// Takes back a call that was counted for that address, in the window that goes on.
    void giveBack(quint64 address);

    /// The headers of a verdict, as every answer of an authenticated route carries them.
    static QList<std::pair<QByteArray, QByteArray>> headers(const Route &route,
                                                            const Verdict &verdict);
    /// The answer to a call that is not allowed; it is counted.
    Response refusal(const Route &route, const Verdict &verdict) const;
    /// Of a verdict that belongs to no bucket.
    Response globalRefusal(api::Dialect dialect, const Verdict &verdict) const;

private:
    struct Key {
        quint64 principal;
        quint64 bucket;
        quint64 major;
        friend bool operator==(const Key &, const Key &) = default;
    };
    struct KeyHash {
        size_t operator()(const Key &key) const noexcept
        {
            return qHashMulti(0, key.principal, key.bucket, key.major);
        }
    };
    struct Window {
        qint64 endsAtMs = 0;
        int used = 0;
    };

    Verdict unlimited() const;
    Verdict take(const Key &key, int limit, int windowMs);
    void sweep(qint64 nowMs);
    void noteRefusal(const std::string &bucket) const;

    Settings m_settings;
    const Clock &m_clock;
    std::mutex m_mutex; ///< for what is below
    std::unordered_map<Key, Window, KeyHash> m_windows;
    size_t m_sweepAt = 4096;
};

} // namespace guildhall
