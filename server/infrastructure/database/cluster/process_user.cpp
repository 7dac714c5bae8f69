// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/cluster/process_user.h"

#include "server/infrastructure/fault.h"

#include <QFile>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace guildhall::db {

namespace {

using Lookup = int (*)(const void *key, passwd *entry, char *buffer, size_t size, passwd **found);

std::optional<ProcessUser> lookUp(Lookup lookup, const void *key)
{
    std::array<char, 16384> buffer;
    passwd entry{};
    passwd *found = nullptr;
    if (lookup(key, &entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return std::nullopt;
    int count = 64;
    std::vector<gid_t> groups(size_t(count), 0);
    getgrouplist(found->pw_name, found->pw_gid, groups.data(), &count);
    groups.resize(std::min(groups.size(), size_t(count)));
    return ProcessUser{found->pw_uid, found->pw_gid, groups, QString::fromLocal8Bit(found->pw_name),
                       true};
}

std::optional<ProcessUser> byName(const char *name)
{
    return lookUp(
        [](const void *key, passwd *entry, char *buffer, size_t size, passwd **found) {
            return getpwnam_r(static_cast<const char *>(key), entry, buffer, size, found);
        },
        name);
}

std::optional<ProcessUser> byId(uid_t uid)
{
    return lookUp(
        [](const void *key, passwd *entry, char *buffer, size_t size, passwd **found) {
            return getpwuid_r(*static_cast<const uid_t *>(key), entry, buffer, size, found);
        },
        &uid);
}

} // namespace

ProcessUser ProcessUser::forCluster(const QString &folder)
{
    struct stat status { };
    const bool exists = ::stat(QFile::encodeName(folder).constData(), &status) == 0;
    if (::geteuid() != 0) {
        if (exists && status.st_uid != ::geteuid())
            throw Fault(folder + u" belongs to another user than the one guildhalld runs as"_qs);
        return ProcessUser{::geteuid(), ::getegid(), {}, {}, false};
    }
    if (exists && status.st_uid != 0) {
        if (auto owner = byId(status.st_uid))
            return *owner;
        throw Fault(folder + u" belongs to a user that does not exist"_qs);
    }
    for (const char *name : {"guildhall", "postgres"}) {
        if (auto user = byName(name))
            return *user;
    }
    throw Fault(
        "PostgreSQL does not run as root, and there is neither a user guildhall nor postgres"
        " to run it as: start guildhalld as an ordinary user, or make one of them");
}

bool ProcessUser::becomeIt() const noexcept
{
    return !isOther
        || (::setgroups(groups.size(), groups.data()) == 0 && ::setgid(gid) == 0
            && ::setuid(uid) == 0);
}

void ProcessUser::own(const QString &path) const
{
    if (isOther && ::lchown(QFile::encodeName(path).constData(), uid, gid) != 0)
        throw Fault(u"cannot give %1 to %2: %3"_qs.arg(
            path, name, QString::fromLocal8Bit(std::strerror(errno))));
}

} // namespace guildhall::db
