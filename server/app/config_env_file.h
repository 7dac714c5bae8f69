// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace guildhall {

/// One `NAME=value` of a file; lines and columns count from 1.
struct EnvEntry {
    QString name;
    QString value;
    int line;
    int nameColumn;
    int valueColumn;
};

struct EnvMistake {
    int line;
    int column;
    QString text;
};

struct EnvFile {
    std::vector<EnvEntry> entries;
    std::vector<EnvMistake> mistakes;
};

/// Reads the syntax of .env files: a `NAME=value` a line, `export ` before it or not, blank lines,
/// comments after `#`. A value in '…' is taken as it stands; in "…" the escapes \\n \\r \\t \\"
/// \\\\ and
/// \\$ are read; without quotes it is trimmed and ends before a `#` that follows a blank. Nothing
/// is expanded. Reads on after a mistake.
EnvFile parseEnvFile(const QByteArray &utf8);

} // namespace guildhall
