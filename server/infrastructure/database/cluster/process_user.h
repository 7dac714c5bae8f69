// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <sys/types.h>

#include <vector>

namespace guildhall::db {

/// Whom the private PostgreSQL runs as. PostgreSQL refuses to run as root, so a daemon that is root
/// gives it to somebody else; any other daemon runs it as itself.
struct ProcessUser {
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
    QString name;
    bool isOther = false; ///< not the user of this process: becomeIt() has to be called

    /// @param folder  the cluster's; when it is there and a root daemon finds it owned by somebody,
    ///                that user it is, else `guildhall`, else `postgres`
    /// @throws Fault when there is none
    static ProcessUser forCluster(const QString &folder);

    /// For a freshly forked child: only system calls. @return false when the kernel refuses
    bool becomeIt() const noexcept;
    /// Makes an existing file or folder belong to the user. @throws Fault
    void own(const QString &path) const;
};

} // namespace guildhall::db
