// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/query_records.h"

#include "server/infrastructure/database/query_record.h"
#include "server/infrastructure/fault.h"
#include "tests/support/run_folder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace guildhall::test {

namespace {

QDir recordFolder()
{
    return QDir(runFolder() + u"/queries"_qs);
}

} // namespace

void QueryRecords::clear()
{
    if (!recordFolder().removeRecursively())
        throw Fault(u"cannot remove "_qs + recordFolder().path());
}

void QueryRecords::write()
{
    const QDir folder = recordFolder();
    folder.mkpath(u"."_qs);
    QFile file(folder.filePath(QFileInfo(QCoreApplication::applicationFilePath()).fileName()));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return; // the program is missed where the records are read
    for (const std::string &name : db::QueryRecord::names())
        file.write(QByteArray::fromStdString(name) + '\n');
}

QStringList QueryRecords::programs()
{
    return recordFolder().entryList(QDir::Files);
}

std::set<std::string> QueryRecords::names()
{
    std::set<std::string> names;
    const QDir folder = recordFolder();
    for (const QString &program : programs()) {
        QFile file(folder.filePath(program));
        if (!file.open(QIODevice::ReadOnly))
            throw Fault(u"cannot read "_qs + file.fileName());
        while (!file.atEnd())
            names.insert(file.readLine().trimmed().toStdString());
    }
    return names;
}

} // namespace guildhall::test
