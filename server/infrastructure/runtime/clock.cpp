// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/clock.h"

namespace guildhall {

namespace {

class SystemClock final : public Clock {
public:
    Timestamp now() const override
    {
        using namespace std::chrono;
        const auto sinceEpoch = system_clock::now().time_since_epoch();
        return Timestamp{duration_cast<milliseconds>(sinceEpoch).count()};
    }
    Monotonic monotonic() const override { return std::chrono::steady_clock::now(); }
};

} // namespace

const Clock &Clock::system()
{
    static const SystemClock clock;
    return clock;
}

} // namespace guildhall
