// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/rate_limiter.h"

#include <deque>
#include <functional>
#include <unordered_map>

namespace guildhall {

/// Lets an address have tokens judged that only the database can judge: as many at a time as it has
/// calls left, the others wait. A token that turns out good gives its call back, so that only
/// refused ones use them up; when all are used up, those who wait are refused without a query.
/// @thread http
class TokenTrials {
public:
    explicit TokenTrials(RateLimiter &limiter)
        : m_limiter(limiter)
    { }

    struct Trial {
        /// Has the token judged. @return false when that did not begin, and ended() will not come
        std::function<bool()> begin;
        /// Instead of begin(), when there were too many.
        std::function<void(const RateLimiter::Verdict &)> refuse;
    };
    /// One of the two is called, at once or later.
    void request(quint64 address, Trial trial);
    /// A trial that began is over. @param counts whether the token was refused
    void ended(quint64 address, bool counts);

private:
    struct OfAddress {
        size_t running = 0;
        std::deque<Trial> waiting;
    };

    void goOn(quint64 address);

    RateLimiter &m_limiter;
    std::unordered_map<quint64, OfAddress> m_byAddress;
};

} // namespace guildhall
