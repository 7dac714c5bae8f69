// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace guildhall::test {

/// Where test programs of one build keep what they share, a folder per user:
/// <build>/test-run/<uid>, or the like in /tmp where that cannot be written, or not be reached by
/// PostgreSQL's user.
QString runFolder();

/// An advisory lock on a file of the run folder, held until destruction.
class FileLock {
public:
    enum class Mode { Shared, Exclusive };
    explicit FileLock(const QString &name, Mode mode);
    ~FileLock();
    Q_DISABLE_COPY_MOVE(FileLock)

    /// Whether nobody else holds it; it is then held exclusively.
    bool tryExclusive();

private:
    int m_file;
};

} // namespace guildhall::test
