// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <stdexcept>
#include <string>

namespace guildhall {

/// Something that is no part of any contract went wrong: the database is gone, the disk is full,
/// there is a bug. Thrown in infrastructure; caught around a worker's job, around a listener of the
/// bus and in main, and nowhere else. What it says goes to the log, never to a client.
class Fault : public std::runtime_error {
public:
    explicit Fault(const char *what)
        : std::runtime_error(what)
    { }
    explicit Fault(const std::string &what)
        : std::runtime_error(what)
    { }
    explicit Fault(const QString &what)
        : std::runtime_error(what.toStdString())
    { }

    /// Whether the same request is worth trying again shortly: clients are told 503, not 500.
    virtual bool isTemporary() const { return false; }
};

} // namespace guildhall
