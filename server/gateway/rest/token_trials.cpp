// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/token_trials.h"

#include <utility>
#include <vector>

namespace guildhall {

void TokenTrials::request(quint64 address, Trial trial)
{
    m_byAddress[address].waiting.push_back(std::move(trial));
    goOn(address);
}

void TokenTrials::ended(quint64 address, bool counts)
{
    const auto found = m_byAddress.find(address);
    Q_ASSERT(found != m_byAddress.end() && found->second.running > 0);
    --found->second.running;
    if (!counts)
        m_limiter.giveBack(address);
    goOn(address);
}

/// Nothing is touched once the functions of trials are called: they may come back here.
void TokenTrials::goOn(quint64 address)
{
    OfAddress &trials = m_byAddress[address];
    std::vector<Trial> begun;
    std::deque<Trial> refused;
    RateLimiter::Verdict verdict;
    while (!trials.waiting.empty() && (verdict = m_limiter.countGlobally(address, false)).allowed) {
        begun.push_back(std::move(trials.waiting.front()));
        trials.waiting.pop_front();
    }
    trials.running += begun.size();
    if (trials.running == 0) {
        refused = std::move(trials.waiting);
        m_byAddress.erase(address);
    }
    for (const Trial &trial : begun) {
        if (!trial.begin())
            ended(address, false);
    }
    for (const Trial &trial : refused)
        trial.refuse(verdict);
}

} // namespace guildhall
