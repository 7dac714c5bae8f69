// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/cluster/cluster_claims.h"

#include "server/infrastructure/fault.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace guildhall::db {

namespace {

// Bytes of the file that are locked; it is empty all the same.
constexpr off_t ownership = 0;
constexpr off_t use = 1;

} // namespace

ClusterClaims::ClusterClaims(QString file)
    : m_path(std::move(file))
{ }

ClusterClaims::~ClusterClaims()
{
    release();
}

bool ClusterClaims::tryUse()
{
    if (m_use != Use::None)
        return m_use == Use::Shared;
    open();
    if (lock(F_RDLCK, use))
        m_use = Use::Shared;
    return m_use == Use::Shared;
}

bool ClusterClaims::tryOwn()
{
    Q_ASSERT(m_use == Use::Shared);
    m_owned = m_owned || lock(F_WRLCK, ownership);
    return m_owned;
}

bool ClusterClaims::tryLeaveAsLast()
{
    if (m_use != Use::Shared)
        return false;
    // Each gives up its own before it asks for all: of two that leave in one moment, each seeing
    // the other, none would be the last one.
    lock(F_UNLCK, ownership);
    lock(F_UNLCK, use);
    m_owned = false;
    m_use = lock(F_WRLCK, use) ? Use::Alone : Use::None;
    return m_use == Use::Alone;
}

void ClusterClaims::release()
{
    if (m_file >= 0)
        ::close(std::exchange(m_file, -1));
    m_owned = false;
    m_use = Use::None;
}

void ClusterClaims::open()
{
    if (m_file >= 0)
        return;
    m_file = ::open(QFile::encodeName(m_path).constData(),
                    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (m_file < 0)
        throw Fault(
            u"cannot open %1: %2"_qs.arg(m_path, QString::fromLocal8Bit(std::strerror(errno))));
}

bool ClusterClaims::lock(short type, off_t part) const
{
    struct flock range { };
    range.l_type = type;
    range.l_whence = SEEK_SET;
    range.l_start = part;
    range.l_len = 1;
    if (::fcntl(m_file, F_OFD_SETLK, &range) == 0)
        return true;
    if (errno != EAGAIN && errno != EACCES)
        throw Fault(
            u"cannot lock %1: %2"_qs.arg(m_path, QString::fromLocal8Bit(std::strerror(errno))));
    return false;
}

} // namespace guildhall::db
