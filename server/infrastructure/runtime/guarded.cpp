// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/guarded.h"

#include "server/infrastructure/logging/categories.h"

#include <exception>

namespace guildhall {

bool runGuarded(std::string_view what, const std::function<void()> &work) noexcept
{
    const auto report = [what](const char *reason) {
        qCCritical(lcRuntime, "%.*s failed: %s", int(what.size()), what.data(), reason);
    };
    try {
        work();
        return true;
    } catch (const std::exception &fault) {
        report(fault.what());
    } catch (...) {
        report("something that is no std::exception was thrown");
    }
    return false;
}

} // namespace guildhall
