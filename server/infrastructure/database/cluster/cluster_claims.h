// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace guildhall::db {

/// What this process has to do with the server of one folder, as the other processes see it: it
/// uses the server, and perhaps owns it. Kept by locks on parts of one file, so a claim ends with
/// its process, however that ends. Nothing here blocks.
/// @thread one at a time
class ClusterClaims {
public:
    /// @param file made when it is not there
    explicit ClusterClaims(QString file);
    ~ClusterClaims();
    Q_DISABLE_COPY_MOVE(ClusterClaims)

    /// From now on nobody stops the server. @return false while the last user is stopping it
    /// @throws Fault
    bool tryUse();
    bool isUsed() const { return m_use == Use::Shared; }

    /// One of those who use the server owns it: starts it, and starts it again when it dies.
    /// @return whether this is the one  @throws Fault
    bool tryOwn();
    bool isOwned() const { return m_owned; }

    /// Uses it no more, nor owns it. @return whether it was the last one; until release() nobody
    /// else can use the server then, so it can be stopped
    bool tryLeaveAsLast();
    /// Gives up every claim.
    void release();

private:
    enum class Use { None, Shared, Alone };

    void open();
    bool lock(short type, off_t part) const;

    const QString m_path;
    int m_file = -1;
    Use m_use = Use::None;
    bool m_owned = false;
};

} // namespace guildhall::db
