// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/query_record.h"

#include <mutex>

namespace guildhall::db {

namespace {

struct Record {
    std::mutex mutex;
    std::set<std::string, std::less<>> names;
};

Record &record()
{
    // Never destroyed: a thread may still close its session while statics go.
    static auto *const instance = new Record;
    return *instance;
}

} // namespace

void QueryRecord::add(std::string_view name)
{
    const std::lock_guard lock(record().mutex);
    record().names.emplace(name);
}

std::set<std::string, std::less<>> QueryRecord::names()
{
    const std::lock_guard lock(record().mutex);
    return record().names;
}

} // namespace guildhall::db
