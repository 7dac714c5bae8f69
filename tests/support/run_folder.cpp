// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_folder.h"

#include "server/infrastructure/database/cluster/child_process.h"
#include "server/infrastructure/fault.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace guildhall::test {

namespace {

bool isUsable(const QString &folder)
{
    if (!QDir().mkpath(folder) || !QFileInfo(folder).isWritable())
        return false;
    const auto user = db::ProcessUser::forCluster(folder + u"/none"_qs);
    return !user.isOther || db::runAs(user, u"/usr/bin/test"_qs, {u"-x"_qs, folder}).succeeded;
}

QString findRunFolder()
{
    const QString build = QString::fromUtf8(GUILDHALL_TEST_RUN_DIR);
    const QByteArray hash
        = QCryptographicHash::hash(build.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    const QStringList candidates{
        u"%1/%2"_qs.arg(build).arg(::geteuid()),
        u"/tmp/guildhall-test-%1-%2"_qs.arg(QString::fromLatin1(hash)).arg(::geteuid())};
    for (const QString &folder : candidates) {
        if (isUsable(folder))
            return folder;
    }
    throw Fault(u"no folder for the test run: tried "_qs + candidates.join(u", "_qs));
}

} // namespace

QString runFolder()
{
    static const QString folder = findRunFolder();
    return folder;
}

FileLock::FileLock(const QString &name, Mode mode)
    : m_file(::open(QFile::encodeName(runFolder() + u'/' + name).constData(),
                    O_RDWR | O_CREAT | O_CLOEXEC, 0600))
{
    if (m_file < 0 || ::flock(m_file, mode == Mode::Shared ? LOCK_SH : LOCK_EX) != 0)
        throw Fault(u"cannot lock %1/%2"_qs.arg(runFolder(), name));
}

FileLock::~FileLock()
{
    ::close(m_file);
}

bool FileLock::tryExclusive()
{
    return ::flock(m_file, LOCK_EX | LOCK_NB) == 0;
}

} // namespace guildhall::test
