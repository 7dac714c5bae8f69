// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/kernel.h"
#include "server/modules/permission/permission_service.h"
#include "server/modules/permission/rights_cache.h"

namespace guildhall {

/// Wires the rights to the events that change them: they are in force before anybody else hears of
/// a change, and read once for all events of a commit.
class PermissionModule {
public:
    explicit PermissionModule(const Kernel &kernel);

    PermissionService &service() { return m_service; }
    RightsCache &rights() { return m_rights; }

private:
    RightsCache m_rights;
    PermissionService m_service;
};

} // namespace guildhall
