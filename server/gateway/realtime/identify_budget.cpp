// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/identify_budget.h"

#include <algorithm>

namespace guildhall::realtime {

namespace {

constexpr int advertisedTotal = 1000; ///< with limits switched off; libraries want a number
constexpr size_t smallestKept = 1024;

} // namespace

IdentifyBudget::IdentifyBudget(int limit, std::chrono::milliseconds window)
    : m_limit(limit)
    , m_window(window)
{ }

bool IdentifyBudget::take(UserId user, Time now)
{
    if (m_limit == 0)
        return true;
    const std::scoped_lock lock(m_mutex);
    if (m_accounts.size() >= m_forgetAt)
        forgetOld(now);
    Account &account = m_accounts.try_emplace(user, Account{now, 0}).first->second;
    if (now - account.since >= m_window)
        account = {now, 0};
    if (account.taken >= m_limit)
        return false;
    ++account.taken;
    return true;
}

IdentifyBudget::State IdentifyBudget::state(UserId user, Time now) const
{
    using std::chrono::milliseconds;
    const int total = m_limit == 0 ? advertisedTotal : m_limit;
    const std::scoped_lock lock(m_mutex);
    const auto found = m_accounts.find(user);
    if (found == m_accounts.end() || now - found->second.since >= m_window)
        return {total, total, milliseconds::zero()};
    const auto left = m_window - (now - found->second.since);
    return {total, total - found->second.taken, std::chrono::ceil<milliseconds>(left)};
}

void IdentifyBudget::forgetOld(Time now)
{
    std::erase_if(m_accounts,
                  [&](const auto &entry) { return now - entry.second.since >= m_window; });
    m_forgetAt = std::max(smallestKept, m_accounts.size() * 2);
}

} // namespace guildhall::realtime
