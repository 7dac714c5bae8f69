// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <set>
#include <string>

namespace guildhall::test {

/// Which queries the test programs of a run have executed: one file per program in the run folder,
/// a name a line. @thread any
class QueryRecords {
public:
    /// Forgets what an earlier run left.
    static void clear();
    /// Writes down what this process has executed so far, in place of what it wrote before.
    static void write();

    /// The programs that have written something down.
    static QStringList programs();
    /// What all of them have executed, such as "role.insert_role".
    static std::set<std::string> names();
};

} // namespace guildhall::test
